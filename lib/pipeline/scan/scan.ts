import { sorting } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { FacetReadings } from '../../engine/evaluation/evaluate.ts';
import { unknown } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { type Judgement, type ScanContext, type Subject, scanResource } from './scan-resource.ts';

export interface ScanOptions {
  readonly subjects: readonly Subject[];
  readonly baseline: Baseline;
  /** A fresh reader for each page of a listing: what was read for one page is not kept for the next. */
  readonly reader: () => BatchReader;
  /** Resources that are read at the same time. @default 10 */
  readonly concurrency?: number;
  /** Told of the verdicts on each resource as soon as they are known. */
  readonly onJudged: (judgements: readonly Judgement[]) => void;
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
): readonly Judgement[] =>
  controls.map((control) => ({
    control,
    type,
    ref: { account, region, id: '*' },
    arn: `every ${type.type}`,
    verdict: unknown(`could not be listed: ${why}`),
    priority: { level: 'standard', why: '' },
  }));

const scanPage = async (
  subject: Subject,
  token: string | undefined,
  { baseline, reader: newReader, concurrency = 10, onJudged }: ScanOptions,
): Promise<string | undefined> => {
  const context: ScanContext = { baseline, reader: newReader(), at: new Date() };
  const { account, region } = context.reader;
  const page = await sorting({}, () => subject.type.list.page(context.reader, token));
  // A service that this region or account does not offer has no resources here.
  if (page.kind === 'notOffered') return undefined;
  if (page.kind !== 'value') {
    onJudged(unlisted(subject, context.reader, 'message' in page ? page.message : page.kind));
    return undefined;
  }
  await inParallel(page.value.resources, concurrency, async ({ id, facets }) => {
    const ref: Ref = { account, region, id };
    onJudged(await scanResource(subject, ref, readings(facets), context));
  });
  return page.value.next;
};

/** Judges every resource of each subject once. Nothing is stored, published or changed. */
export const scan = async (options: ScanOptions): Promise<void> => {
  for (const subject of options.subjects) {
    let token: string | undefined;
    do token = await scanPage(subject, token, options);
    while (token !== undefined);
  }
};
