import { sorting } from '../aws/errors.ts';
import type { BatchReader } from '../aws/reader.ts';
import type { AnyResourceType, Ref } from '../model/resource-type.ts';
import type { Subject } from '../pipeline/scan/scan-resource.ts';
import { asRecord } from '../support/untyped.ts';
import { idsIn, isArn } from './row-of.ts';

export interface Found {
  readonly subject: Subject;
  readonly ref: Ref;
}
export interface Search {
  readonly found: readonly Found[];
  /** Types that may not be listed: the resource may be among them. */
  readonly unlisted: readonly string[];
}

const arnOf = async (
  type: AnyResourceType,
  ref: Ref,
  reader: BatchReader,
): Promise<string | undefined> => {
  if (type.arn) return type.arn(ref);
  const reading = await reader.read(type, ref, ['about']);
  const about = reading.gone ? undefined : reading.facets['about'];
  const arn = about && 'value' in about ? asRecord(about.value)['arn'] : undefined;
  return typeof arn === 'string' ? arn : undefined;
};

const isMeant = async (
  resource: string,
  type: AnyResourceType,
  ref: Ref,
  reader: BatchReader,
): Promise<boolean> => {
  const isSame = (text: string) => ref.id === (type.ignoresCase ? text.toLowerCase() : text);
  if (!idsIn(resource).some(isSame)) return false;
  return !isArn(resource) || isSame(resource) || (await arnOf(type, ref, reader)) === resource;
};

const idsListed = async (type: AnyResourceType, reader: BatchReader): Promise<string[]> => {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const page = await type.live.list.page(reader, token);
    ids.push(...page.resources.map(({ id }) => id));
    token = page.next;
  } while (token !== undefined);
  return ids;
};

/** The resources of some types that an id or ARN names: a listing proves that one is there. */
export const findResources = async (
  resource: string,
  subjects: readonly Subject[],
  reader: BatchReader,
): Promise<Search> => {
  const found: Found[] = [];
  const unlisted: string[] = [];
  const { account, region } = reader;
  for (const subject of subjects) {
    const { type } = subject;
    const listed = await sorting({}, () => idsListed(type, reader));
    if (listed.kind === 'denied') unlisted.push(type.type);
    if (listed.kind !== 'value') continue;
    for (const id of listed.value) {
      const ref = { account, region, id };
      if (await isMeant(resource, type, ref, reader)) found.push({ subject, ref });
    }
  }
  return { found, unlisted };
};
