import type { About, IdsIn } from '../../model/resource-type.ts';
import { text } from '../../support/untyped.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';

/**
 * An identifier as RDS stores it. A call may write it in any case, some take an ARN, of this account or of another;
 * a snapshot's own identifier can hold colons, `rds:orders-2026-06-15-03-10`.
 */
const identifier = (written: string, account: string): string | undefined => {
  if (!written.startsWith('arn:')) return written.toLowerCase();
  const [, , , , owner, , ...id] = written.split(':');
  return owner === account ? id.join(':').toLowerCase() : undefined;
};

/** Where calls write an identifier: dotted paths in the request, and in what RDS answers. */
interface Identifiers {
  readonly request: readonly string[];
  readonly response?: readonly string[];
}

/** The identifiers at these paths; `all` where an event does not say which. */
export const identifiersAt = ({ request, response = [] }: Identifiers): IdsIn =>
  named({ request, response, idOf: identifier });

/** The same of calls on other types: none where an event is of no concern. */
export const identifiersIfAny = ({ request, response = [] }: Identifiers): IdsIn =>
  named({ request, response, idOf: identifier, otherwise: 'none' });

/** Of an event of RDS itself, which names what it is of. */
export const sourceIdentifier: IdsIn = ({ SourceIdentifier }, account) => {
  const id = identifier(text(SourceIdentifier) ?? '', account);
  return id ? [id] : 'all';
};

/** ARN and tags of a listed resource; nothing where the listing has no ARN. */
export const aboutListed = (
  arn: string | undefined,
  tags: Parameters<typeof tagsIn>[0],
): { readonly about?: About } => (arn === undefined ? {} : { about: { arn, tags: tagsIn(tags) } });

/** Continues a listing where it stopped. */
export const after = (token: string | undefined) => (token === undefined ? {} : { Marker: token });
export const nextOf = ({ Marker }: { readonly Marker?: string | undefined }) =>
  Marker ? { next: Marker } : {};
