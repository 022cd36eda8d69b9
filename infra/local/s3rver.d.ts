declare module 's3rver' {
  import type { RequestListener } from 'node:http';

  /** The part of s3rver that is used here; the package brings no types. */
  export default class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      allowMismatchedSignatures?: boolean;
    });
    callback(): RequestListener;
  }
}
