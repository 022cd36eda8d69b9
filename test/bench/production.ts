/** Imported before all else: React has a faster half, which the bundles have, and chooses as it is read. */
process.env.NODE_ENV = 'production';
