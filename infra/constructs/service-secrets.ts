import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Stage } from '#infra/stage.ts';

/** A multiple of four, so that letters and digits alone are base64: 48 bytes of it. */
const keyLength = 64;

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * The secrets behind links and cursors as lib/tokens/secrets.ts reads them. Secrets Manager generates one value a
 * secret, so each key is a secret of its own, and CloudFormation puts them together while it deploys: no key is in a
 * template, and no code has to run. A further version in the stage's settings makes a further key.
 */
export class ServiceSecrets extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const { current, kept } = stage.linkSecrets;
    const links = kept.map((version) => [version, this.#key(`Links${version}`)] as const);
    const content = {
      links: { current, secrets: Object.fromEntries(links) },
      cursors: this.#key('Cursors'),
    };
    this.secret = new Secret(this, 'Secrets', {
      description: 'Keys of the links and cursors of Quittance',
      secretStringValue: SecretValue.unsafePlainText(JSON.stringify(content)),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** A reference to a generated key, which CloudFormation resolves. */
  #key(id: string): string {
    const secret = new Secret(this, id, {
      description: 'One key of the secrets of Quittance',
      generateSecretString: {
        passwordLength: keyLength,
        excludePunctuation: true,
        // The same once more, sign by sign: an emulator of AWS minds only this.
        excludeCharacters: punctuation,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return secret.secretValue.unsafeUnwrap();
  }
}
