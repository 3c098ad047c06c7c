import type { IAM } from '@aws-sdk/client-iam';
import { sorting } from './errors.ts';

/** The operators of the baseline, by what a message's sender is known by. */
export interface Operators {
  /** The ARN of the operator with a unique id, `AROA…` or `AIDA…`. Throws where IAM could not be asked. */
  named(id: string): Promise<string | undefined>;
}
export interface OperatorsOptions {
  readonly arns: readonly string[];
  readonly account: string;
  readonly iam: () => Promise<IAM>;
  readonly clock: () => Date;
}

/** Who is made anew has another id: what was looked up counts for so long, and an unknown id asks again after so long. */
const keptMs = 300_000;
const askedAgainMs = 60_000;

type Ids = ReadonlyMap<string, string>;

const idOf = async (arn: string, iam: IAM): Promise<string | undefined> => {
  const name = arn.split('/').at(-1) ?? '';
  const found = await sorting({ gone: ['NoSuchEntity'] }, async () => {
    if (!arn.includes(':role/')) {
      const { User } = await iam.getUser({ UserName: name });
      return { id: User?.UserId, is: User?.Arn };
    }
    const { Role } = await iam.getRole({ RoleName: name });
    return { id: Role?.RoleId, is: Role?.Arn };
  });
  if (found.kind === 'gone') return undefined;
  if (found.kind !== 'value') throw new Error(`${arn} could not be looked up: ${found.kind}`);
  const { id, is } = found.value;
  // Of the same name and another path it is somebody else.
  return is === arn ? id : undefined;
};

/** Looks operators up in IAM: a name may become somebody else's, an id never does. */
export const createOperators = ({ arns, account, iam, clock }: OperatorsOptions): Operators => {
  const own = arns.filter((arn) => arn.split(':')[4] === account);
  let known: { readonly ids: Promise<Ids>; readonly at: number } | undefined;
  const lookUp = async (): Promise<Ids> => {
    const client = await iam();
    const found = await Promise.all(
      own.map(async (arn) => [await idOf(arn, client), arn] as const),
    );
    return new Map(found.flatMap(([id, arn]) => (id === undefined ? [] : [[id, arn] as const])));
  };
  const idsSince = (ms: number): Promise<Ids> => {
    const now = clock().getTime();
    if (known && now - known.at < ms) return known.ids;
    const ids = lookUp();
    known = { ids, at: now };
    // What failed is asked for again by whoever comes next.
    ids.catch(() => {
      known = undefined;
    });
    return ids;
  };
  return {
    async named(id) {
      if (own.length === 0) return undefined;
      return (await idsSince(keptMs)).get(id) ?? (await idsSince(askedAgainMs)).get(id);
    },
  };
};
