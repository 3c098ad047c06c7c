import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../lib/aws/errors.ts';
import { medianOf, megabytes, milliseconds, p95Of, table } from '../figures.ts';
import { packaged } from '../packaged.ts';
import { loadNow } from '../usage.ts';
import { synthesize } from './cdk-output.ts';
import { type Taken, taken } from './measure.ts';
import { writeTemplates } from './templates.ts';
import { cfnGuard, checkov } from './tools.ts';
import { watchOf } from './watching.ts';

type Say = (sentence: string) => void;

/** Findings are no failure of the tool: each has its own way to say that there are some. */
const isDone = (code: number): boolean => code === 0 || code === 1;
const isGuardDone = (code: number): boolean => code === 0 || code === 19;

/** A run ends: on a large output of the CDK cfn-guard takes longer than anybody waits, and Checkov a minute or two. */
const mostSeconds = { ours: 120, checkov: 240, guard: 60 } as const;

interface Corpus {
  readonly title: string;
  readonly folder: string;
}
interface Tool {
  readonly title: string;
  command(folder: string): readonly string[];
  readonly isRight: (code: number) => boolean;
  /** How often it is run; the middle one counts. */
  readonly times: number;
  /** After which it is ended: the row says so. */
  readonly mostSeconds: number;
}
const toolsAt = async (program: string, say: Say): Promise<readonly Tool[]> => {
  const found: Tool[] = [
    {
      title: 'Plumbline',
      command: (folder) => [process.execPath, program, 'check', '--json', folder],
      isRight: isDone,
      times: 3,
      mostSeconds: mostSeconds.ours,
    },
  ];
  const orTold = async (title: string, tool: () => Promise<Tool>) => {
    try {
      found.push(await tool());
    } catch (error) {
      say(`${title} could not be had: ${messageOf(error)}`);
    }
  };
  await orTold('Checkov', async () => {
    const path = await checkov();
    const asked = ['--framework', 'cloudformation', '--compact', '--quiet', '-o', 'json'];
    return {
      title: 'Checkov 3.3.30',
      command: (folder) => [path, ...asked, '-d', folder],
      isRight: isDone,
      times: 1,
      mostSeconds: mostSeconds.checkov,
    };
  });
  await orTold('cfn-guard', async () => {
    const { program: path, rules } = await cfnGuard();
    const asked = ['validate', '-r', rules, '--output-format', 'json', '--show-summary', 'none'];
    return {
      title: 'cfn-guard 3.1.1, 237 rules of Control Tower',
      command: (folder) => [path, ...asked, '-d', folder],
      isRight: isGuardDone,
      times: 1,
      mostSeconds: mostSeconds.guard,
    };
  });
  return found;
};

const secondsOf = (seconds: number): string => `${seconds.toFixed(2)} s`;
const rowOf = (corpus: Corpus, { title, mostSeconds }: Tool, one: Taken, own: Taken) => {
  const isEnded = one.code === null;
  // What was ended would have taken more.
  const least = isEnded ? 'over ' : '';
  return [
    corpus.title,
    isEnded ? `${title}, ended after ${mostSeconds} s` : title,
    `**${least}${secondsOf(one.cpuSeconds)}**`,
    `${least}${(one.cpuSeconds / own.cpuSeconds).toFixed(1)} ×`,
    `${least}${megabytes(one.peakBytes)}`,
  ];
};

const compared = async (corpora: readonly Corpus[], tools: readonly Tool[], say: Say) => {
  const rows: (readonly string[])[] = [];
  for (const corpus of corpora) {
    let own: Taken | undefined;
    for (const tool of tools) {
      const { title, command, isRight, times, mostSeconds } = tool;
      say(`${corpus.title}: ${title} …`);
      const bounded = { mostSeconds, mayBeEnded: own !== undefined };
      const one = await taken(command(corpus.folder), times, isRight, bounded);
      own ??= one;
      rows.push(rowOf(corpus, tool, one, own));
    }
  }
  return table(['files', 'tool', 'processor', 'of ours', 'memory at the peak'], rows);
};

const sizeOf = async (folder: string, isMeant: (name: string) => boolean): Promise<number> => {
  const names = (await readdir(folder, { recursive: true })).filter(isMeant);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** The start of the program: one small template, beside Node doing nothing. */
const startOf = async (program: string, file: string): Promise<string> => {
  const node = await taken([process.execPath, '-e', ''], 9, isDone);
  const one = await taken([process.execPath, program, 'check', file], 9, isDone);
  return `One small template, the whole process: **${milliseconds(one.cpuSeconds * 1000)}** of the processor (Node doing nothing: ${milliseconds(node.cpuSeconds * 1000)}; aimed at: 150 ms), ${megabytes(one.peakBytes)} at the peak (aimed at: 120 MB).`;
};

/** Beside other tools, on the same files in one run. */
export const benchCheck = async (say: Say): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-check-bench-'));
  const load = loadNow();
  try {
    const [small, large] = [join(folder, 'templates'), join(folder, 'cdk.out')];
    writeTemplates(small);
    synthesize(large, 44, 14);
    const program = await packaged(join(folder, 'program'));
    const tools = await toolsAt(program, say);
    const sizes = [
      await sizeOf(small, (name) => name.endsWith('.yaml')),
      await sizeOf(large, (name) => name.endsWith('.template.json')),
    ].map(megabytes);
    const corpora = [
      { title: `100 templates, ${sizes[0]}`, folder: small },
      { title: `an output of the CDK, ${sizes[1]}`, folder: large },
    ];
    const start = await startOf(program, join(small, 'template-0.yaml'));
    const beside = await compared(corpora, tools, say);
    say('watching …');
    const names = Array.from({ length: 40 }, (_, n) => `template-${n}.yaml`);
    const { insideMs, outsideMs } = await watchOf(program, small, names);
    return [
      `Node ${process.versions.node}, ${cpus().length} cores, load ${load} before and ${loadNow()} after: times of the processor; ours of three runs the middle one, of others one run, which is ended where its row says so.`,
      beside,
      start,
      `\`check --watch\` on the 100 templates, 40 changes: evaluated again in **${milliseconds(medianOf(insideMs))}**, p95 ${milliseconds(p95Of(insideMs))} (aimed at: 50 ms); from the write to the line, with the wait for editors, ${milliseconds(medianOf(outsideMs))}, p95 ${milliseconds(p95Of(outsideMs))}.`,
    ].join('\n\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
