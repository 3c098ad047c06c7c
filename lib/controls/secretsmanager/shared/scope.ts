import type { Snapshot } from '../../../model/control.ts';
import type { secret } from '../../../resources/secretsmanager/secret.ts';

type Life = Pick<Snapshot<typeof secret, 'life'>, 'life'>;

/** Why a secret is not evaluated; `undefined` where it is. */
export const whyNot = ({ life }: Life): string | undefined =>
  life.deleted === undefined ? undefined : 'the secret waits for its deletion';

export const day = 86_400_000;
