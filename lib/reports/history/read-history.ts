import { gunzipSync } from 'node:zlib';
import { type HistoryLine, historyLine } from '../../engine/history/line.ts';
import {
  type HistoryManifest,
  historyManifest,
  linesKey,
  manifestKey,
  sha256,
} from '../../engine/history/manifest.ts';
import { groupsBy } from '../../support/groups.ts';

/** A manifest as it was found. */
export interface FoundManifest {
  readonly key: string;
  readonly text: string;
}
/** A history as far as its sums prove it. */
export interface ProvenHistory {
  readonly lines: readonly HistoryLine[];
  /** What is not as it was written, in sentences; nothing of it is in the lines. */
  readonly faults: readonly string[];
  /** SHA-256 of the latest manifest of each account. */
  readonly sums: Readonly<Record<string, string>>;
}
export interface HistorySource {
  readonly manifests: readonly FoundManifest[];
  /** The bytes of a file; `undefined` where there is none. */
  file(key: string): Promise<Uint8Array | undefined>;
  /** By account, the sum of the latest manifest, as the table of verdicts has it. */
  readonly latest: Readonly<Record<string, string>>;
}

const mostInflatedBytes = 1_000_000_000;

const parsed = ({ key, text }: FoundManifest): HistoryManifest | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = historyManifest.safeParse(value);
  if (!data || data.from >= data.to) return undefined;
  // A manifest speaks of its own day and account only.
  const isOwn = manifestKey(data.account, data.to) === key;
  return isOwn && linesKey(data.account, data.to) === data.file.key ? data : undefined;
};

interface Link {
  readonly manifest: HistoryManifest;
  readonly sum: string;
  readonly key: string;
}

/** What does not follow what was before it, in one account. */
const chainFaults = (links: readonly Link[], latest: string | undefined): readonly string[] => [
  ...links.flatMap(({ manifest, key }, index) => {
    const before = links[index - 1];
    return before === undefined || manifest.previous === before.sum
      ? []
      : [`${key} does not follow ${before.key}: a manifest was left out or exchanged.`];
  }),
  ...(links.at(-1)?.sum === latest
    ? []
    : [
        `${links.at(-1)?.key ?? 'Nothing'} is not the latest manifest that the table of verdicts knows: the end was left out or exchanged.`,
      ]),
];

/** The lines of a file; a sentence where it is not what its manifest says. */
const linesOf = (
  { manifest: { file, account }, key }: Link,
  bytes: Uint8Array | undefined,
): readonly HistoryLine[] | string => {
  if (bytes === undefined) return `${file.key} is not there, and ${key} says that it was written.`;
  if (sha256(bytes) !== file.sha256) return `${file.key} is not what ${key} says.`;
  const texts = gunzipSync(bytes, { maxOutputLength: mostInflatedBytes })
    .toString('utf8')
    .split('\n')
    .filter((text) => text !== '');
  const lines = texts.map((text) => historyLine.safeParse(JSON.parse(text)).data);
  const isWhole = lines.every((line) => line?.account === account);
  return isWhole && lines.length === file.lines
    ? lines.flatMap((line) => line ?? [])
    : `${file.key} has lines that this release does not read.`;
};

/**
 * Reads a history by its manifests. What is not proven is left out, which makes its time a gap.
 * @param isLatest whether the manifests go to the end of what there is
 */
export const readHistory = async (
  { manifests, file, latest }: HistorySource,
  isLatest: boolean,
): Promise<ProvenHistory> => {
  const faults: string[] = [];
  const links: Link[] = [];
  for (const found of manifests) {
    const manifest = parsed(found);
    if (manifest) links.push({ manifest, sum: sha256(found.text), key: found.key });
    else faults.push(`${found.key} is no manifest.`);
  }
  const byAccount = groupsBy(links, ({ manifest }) => manifest.account);
  const lines: HistoryLine[] = [];
  const sums: Record<string, string> = {};
  for (const [account, own] of [...byAccount].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = own.toSorted((a, b) => (a.manifest.to < b.manifest.to ? -1 : 1));
    const last = sorted.at(-1);
    if (!last) continue;
    sums[account] = last.sum;
    faults.push(...chainFaults(sorted, isLatest ? latest[account] : last.sum));
    for (const link of sorted) {
      const read = linesOf(link, await file(link.manifest.file.key));
      if (typeof read === 'string') faults.push(read);
      else for (const line of read) lines.push(line);
    }
  }
  return { lines, faults, sums };
};
