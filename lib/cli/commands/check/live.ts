import { sdkClients } from '../../../aws/clients.ts';
import { createReader } from '../../../aws/reader.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { plural } from '../../../support/plural.ts';
import { UserError } from '../../../support/user-error.ts';
import { Live } from '../../../templates/live.ts';
import { callerOf, regionInForce } from '../../account.ts';
import type { CheckAsked } from './check-options.ts';

interface LivePlace {
  readonly live: Live;
  readonly account: string;
  readonly region: string;
}

/** The account of the environment's credentials, read as a scan reads it. */
export const liveOf = async (
  asked: Pick<CheckAsked, 'account' | 'region'>,
  { homeRegion }: Pick<Baseline, 'homeRegion'>,
): Promise<LivePlace> => {
  const region = asked.region ?? (await regionInForce(homeRegion));
  const { account } = await callerOf(region);
  if (asked.account !== undefined && asked.account !== account)
    throw new UserError(
      `--live reads the account of the credentials, ${account}, and --account is ${asked.account}: leave --account out, or take credentials of that account`,
    );
  const readers = new Map<string, ReturnType<typeof createReader>>();
  const readerIn = (where: string) => {
    const known = readers.get(where);
    if (known) return known;
    const clients = sdkClients({ region: where, maxAttempts: 5, retryMode: 'adaptive' });
    const reader = createReader({ account, region: where, clients });
    readers.set(where, reader);
    return reader;
  };
  const live = new Live(account, ({ service, operation, input }, where) =>
    readerIn(where).call(service, operation as never, input as never),
  );
  return { live, account, region };
};

/** How much was read, and what was not, a line each. */
export const liveText = ({ account, calls, refused }: Live): readonly string[] => [
  `Read in account ${account}: ${plural(calls, 'call')}.`,
  ...[...refused].map(
    ([name, why]) => `${name} could not be read, and what depends on it is unknown: ${why}`,
  ),
];
