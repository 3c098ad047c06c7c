import { sorting } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { FacetReadings } from '../../engine/evaluation/evaluate.ts';
import { unknown } from '../../model/control.ts';
import type { About, AnyResourceType, Page, Ref } from '../../model/resource-type.ts';
import { atFault, whyOf } from './at-fault.ts';
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
  /** A fresh reader for some resources of a type: what was read for them is not kept for the next ones. */
  readonly reader: () => BatchReader;
  /** Resources of a type that are read at the same time. @default 10 */
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

/** After the first failure nothing more is begun. */
const inParallel = async <T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items[Symbol.iterator]();
  let hasFailed = false;
  const worker = async () => {
    for (let next = queue.next(); !next.done && !hasFailed; next = queue.next())
      await work(next.value).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
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
  about: About | undefined,
): Promise<boolean | undefined> => {
  const byRef = wanted === undefined ? true : wanted.byRef(type, ref);
  if (byRef !== undefined || wanted === undefined) return byRef;
  const told = about ? { ...about, isRead: true } : await readAbout(type, ref, reader);
  return wanted.byAbout(ref, told);
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

/** Resources for which one reader keeps the answers: what they share is read once for so many. */
const keptTogether = 200;

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );

const scanResources = async (
  subject: Subject,
  resources: Page['resources'],
  { baseline, reader: newReader, concurrency = 10, onEvaluated, wanted, keepsSeen }: ScanOptions,
): Promise<void> => {
  const context: ScanContext = { baseline, reader: newReader(), at: new Date(), keepsSeen };
  const { account, region } = context.reader;
  await inParallel(resources, concurrency, async ({ id, facets, about }) => {
    const ref: Ref = { account, region, id };
    const isMeant = await isWanted(subject, ref, context.reader, wanted, about);
    if (isMeant === false) return;
    if (isMeant === undefined) return onEvaluated(untold(subject, ref));
    onEvaluated(await scanResource(subject, ref, readings(facets), context, about));
  });
};

/** What is at fault for all ends the scan; what is at fault for a listing, such as throttling, is said of its type. */
const listed = async (
  { type }: Subject,
  reader: BatchReader,
  token: string | undefined,
): Promise<Page | { readonly why: string } | undefined> => {
  const [result] = await Promise.allSettled([
    sorting({}, () => type.live.list.page(reader, token)),
  ]);
  if (result.status === 'rejected') {
    const fault = await atFault(result.reason, reader);
    if (fault === 'all') throw result.reason;
    if (fault === 'notOffered') return undefined;
    return { why: whyOf(result.reason) };
  }
  const page = result.value;
  if (page.kind === 'value') return page.value;
  // A service that this region or account does not offer has no resources here.
  if (page.kind === 'notOffered') return undefined;
  return { why: 'message' in page ? page.message : page.kind };
};

const scanType = async (subject: Subject, options: ScanOptions): Promise<void> => {
  options.onListing?.(subject.type);
  let token: string | undefined;
  do {
    const reader = options.reader();
    const page = await listed(subject, reader, token);
    if (page === undefined) return;
    if ('why' in page) return options.onEvaluated(unlisted(subject, reader, page.why));
    for (const some of chunksOf(page.resources, keptTogether))
      await scanResources(subject, some, options);
    token = page.next;
  } while (token !== undefined);
};

/** Types that are listed and read at the same time, of one service or of several. */
const typesAtOnce = 4;

/**
 * Evaluates every resource of each subject once. Nothing is stored, published or changed. In which order verdicts are told
 * hangs on how fast AWS answers: whoever shows them sorts them.
 */
export const scan = (options: ScanOptions): Promise<void> =>
  inParallel(options.subjects, typesAtOnce, (subject) => scanType(subject, options));
