import { sorting } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { FacetReadings } from '../../engine/evaluation/evaluate.ts';
import { unknown } from '../../model/control.ts';
import type { About, AnyResourceType, Ref } from '../../model/resource-type.ts';
import {
  type Evaluation,
  readAbout,
  type ScanContext,
  type Subject,
  scanResource,
} from './scan-resource.ts';

/** Which resources are evaluated. */
export interface Wanted {
  /** Asked before anything of a resource is read; `undefined` where its ARN or tags decide. */
  byRef(type: AnyResourceType, ref: Ref): boolean | undefined;
  /** `undefined` where its tags decide, and may not be read. */
  byAbout(ref: Ref, about: About & { readonly isRead: boolean }): boolean | undefined;
}

export interface ScanOptions {
  readonly subjects: readonly Subject[];
  readonly baseline: Baseline;
  /** A fresh reader for each page of a listing: what was read for one page is not kept for the next. */
  readonly reader: () => BatchReader;
  /** Resources that are read at the same time. @default 10 */
  readonly concurrency?: number;
  /** Told of the verdicts on each resource as soon as they are known. */
  readonly onEvaluated: (evaluations: readonly Evaluation[]) => void;
  /** Told of each type before it is listed. */
  readonly onListing?: (type: AnyResourceType) => void;
  /** @default - all that are listed */
  readonly wanted?: Wanted | undefined;
  /** Whether evaluations hold what was evaluated, which takes memory. @default false */
  readonly keepsSeen?: boolean | undefined;
}

const inParallel = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
};

const readings = (facets: Readonly<Record<string, unknown>> = {}): FacetReadings =>
  Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, { value }]));

/** A type that may not be listed is unknown as a whole. */
const unlisted = (
  { type, controls }: Subject,
  { account, region }: BatchReader,
  why: string,
): readonly Evaluation[] =>
  controls.map((control) => ({
    control,
    type,
    ref: { account, region, id: '*' },
    arn: `every ${type.type}`,
    verdict: unknown(`could not be listed: ${why}`),
    priority: { level: 'standard', why: '' },
  }));

const isWanted = async (
  { type }: Subject,
  ref: Ref,
  reader: BatchReader,
  wanted: Wanted | undefined,
): Promise<boolean | undefined> => {
  const byRef = wanted === undefined ? true : wanted.byRef(type, ref);
  return byRef ?? wanted?.byAbout(ref, await readAbout(type, ref, reader));
};

const untold = ({ type, controls }: Subject, ref: Ref): readonly Evaluation[] =>
  controls.map((control) => ({
    control,
    type,
    ref,
    arn: type.arn?.(ref) ?? ref.id,
    verdict: unknown('its tags may not be read: whether it is asked for is not known'),
    priority: { level: 'standard', why: '' },
  }));

const scanPage = async (
  subject: Subject,
  token: string | undefined,
  { baseline, reader: newReader, concurrency = 10, onEvaluated, wanted, keepsSeen }: ScanOptions,
): Promise<string | undefined> => {
  const context: ScanContext = { baseline, reader: newReader(), at: new Date(), keepsSeen };
  const { account, region } = context.reader;
  const page = await sorting({}, () => subject.type.live.list.page(context.reader, token));
  // A service that this region or account does not offer has no resources here.
  if (page.kind === 'notOffered') return undefined;
  if (page.kind !== 'value') {
    onEvaluated(unlisted(subject, context.reader, 'message' in page ? page.message : page.kind));
    return undefined;
  }
  await inParallel(page.value.resources, concurrency, async ({ id, facets }) => {
    const ref: Ref = { account, region, id };
    const isMeant = await isWanted(subject, ref, context.reader, wanted);
    if (isMeant === false) return;
    if (isMeant === undefined) return onEvaluated(untold(subject, ref));
    onEvaluated(await scanResource(subject, ref, readings(facets), context));
  });
  return page.value.next;
};

/** Evaluates every resource of each subject once. Nothing is stored, published or changed. */
export const scan = async (options: ScanOptions): Promise<void> => {
  for (const subject of options.subjects) {
    options.onListing?.(subject.type);
    let token: string | undefined;
    do token = await scanPage(subject, token, options);
    while (token !== undefined);
  }
};
