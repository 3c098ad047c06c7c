import { sdkClients } from '../aws/clients.ts';
import { createReader } from '../aws/reader.ts';
import { UserError } from '../support/user-error.ts';
import { callerOf, regionsFor } from './account.ts';
import type { AccountRead } from './accounts/accounts-to-read.ts';
import { type EvaluateAll, placesOf } from './evaluate-all.ts';
import { type Found, findResources } from './find-resources.ts';

export type NamedAmong = Pick<EvaluateAll, 'subjects' | 'baseline' | 'regions' | 'as'>;
export const readerIn = (account: string, region: string, as?: AccountRead | undefined) => {
  const clientsIn = (at: string) =>
    sdkClients({
      region: at,
      maxAttempts: 5,
      ...(as?.credentials === undefined ? {} : { credentials: as.credentials }),
    });
  return createReader({ account, region, clients: clientsIn(region), clientsIn });
};

/** The one resource that is named; in several regions perhaps several. */
export const named = async (
  resource: string,
  { subjects, baseline, regions, as }: NamedAmong,
): Promise<readonly Found[]> => {
  const inForce = await regionsFor(regions, baseline);
  const { account } = as ?? (await callerOf(inForce[0] ?? baseline.homeRegion));
  const searches = await Promise.all(
    placesOf({ subjects, baseline }, inForce).map((place) =>
      findResources(resource, place.subjects, readerIn(account, place.region, as)),
    ),
  );
  const found = searches.flatMap((search) => search.found);
  if (found.length > 0) return found;
  const unlisted = searches.flatMap((search) => search.unlisted).join(', ');
  const hint = unlisted === '' ? '' : `; these may not be listed: ${unlisted}`;
  throw new UserError(
    `there is no resource ${resource} that is evaluated in account ${account}, region ${inForce.join(', ')}${hint}`,
  );
};
