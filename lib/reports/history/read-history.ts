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

interface Chain {
  /** Oldest first. */
  readonly proven: readonly Link[];
  readonly faults: readonly string[];
}

const unprovenText = (links: readonly Link[], why: string): string => {
  const [first, last] = [links[0]?.key, links.at(-1)?.key];
  return `${first === last ? `${first} is` : `${first} to ${last} are`} not proven: ${why}`;
};

/**
 * The manifests of an account that lead, each by the sum of the one before, from the sum in the table of verdicts backwards.
 * Whoever writes over one must write over all after it, and cannot write that sum. What is before a break is not proven.
 */
const chainOf = (links: readonly Link[], latest: string | undefined): Chain => {
  const proven: Link[] = [];
  const faults: string[] = [];
  let wanted = latest;
  let unfollowed: Link[] = [];
  for (const link of links.toReversed()) {
    if (link.sum !== wanted) {
      unfollowed.unshift(link);
      continue;
    }
    if (unfollowed.length > 0)
      faults.unshift(
        unprovenText(
          unfollowed,
          proven.length === 0
            ? 'the table of verdicts does not know of it yet, or somebody else wrote it.'
            : 'no later manifest follows it.',
        ),
      );
    unfollowed = [];
    proven.unshift(link);
    wanted = link.manifest.previous;
  }
  if (unfollowed.length > 0)
    faults.unshift(
      unprovenText(
        unfollowed,
        proven[0] === undefined
          ? 'the table of verdicts knows another latest manifest: the end was left out or exchanged.'
          : `${proven[0].key} does not follow: a manifest was left out or exchanged.`,
      ),
    );
  return { proven, faults };
};

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

/** Manifests, the oldest first. */
const linksIn = (
  manifests: readonly FoundManifest[],
): { readonly links: readonly Link[]; readonly faults: readonly string[] } => {
  const links: Link[] = [];
  const faults: string[] = [];
  for (const found of manifests) {
    const manifest = parsed(found);
    if (manifest) links.push({ manifest, sum: sha256(found.text), key: found.key });
    else faults.push(`${found.key} is no manifest.`);
  }
  return { links: links.toSorted((a, b) => (a.manifest.to < b.manifest.to ? -1 : 1)), faults };
};

/**
 * Reads a history by its manifests, which must go to the latest that there is. What is not proven is left out, which makes its
 * time a gap.
 * @param until the files of windows that begin later are not read: ISO 8601
 */
export const readHistory = async (
  { manifests, file, latest }: HistorySource,
  until: string,
): Promise<ProvenHistory> => {
  const { links, faults: unread } = linksIn(manifests);
  const faults = [...unread];
  const byAccount = groupsBy(links, ({ manifest }) => manifest.account);
  const lines: HistoryLine[] = [];
  const sums: Record<string, string> = {};
  for (const [account, own] of [...byAccount].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const chain = chainOf(own, latest[account]);
    faults.push(...chain.faults);
    const wanted = chain.proven.filter(({ manifest }) => manifest.from < until);
    const last = wanted.at(-1);
    if (last) sums[account] = last.sum;
    for (const link of wanted) {
      const read = linesOf(link, await file(link.manifest.file.key));
      if (typeof read === 'string') faults.push(read);
      else for (const line of read) lines.push(line);
    }
  }
  return { lines, faults, sums };
};
