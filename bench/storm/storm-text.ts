import type { RowForm } from '../../lib/engine/posture/row-form.ts';
import { megabytes, milliseconds, table } from '../figures.ts';
import { loadNow } from '../usage.ts';
import { benchStorm, type StormFigures } from './storm.ts';
import { modelledStorm } from './storm-model.ts';

/** Large enough that each change settles before the next of its resource. */
const modelled = { changes: 100_000, resources: 10_000 };
const settlesAs: Readonly<Record<RowForm, string>> = {
  json: 'each alone, by default',
  deflated: 'of one batch together',
};

const stormTable = (figures: readonly StormFigures[]): string => {
  const [first] = figures;
  if (!first) return '';
  const rows = figures.map(({ form, changesPerSecond, seconds, cpuMsEach, ...figure }) => [
    settlesAs[form],
    `**${changesPerSecond.toFixed(0)} a second** over ${seconds.toFixed(0)} s`,
    `${modelledStorm({ ...modelled, form }).changesPerSecond.toFixed(0)} a second`,
    `${figure.settles} in ${figure.settleMessages} messages`,
    `${figure.described}`,
    Object.entries(figure.throttled)
      .map(([operation, times]) => `${operation} ${times}`)
      .join(', ') || 'none',
    `${figure.retried}`,
    milliseconds(cpuMsEach),
    `${megabytes(figure.earlyRssBytes)}, ${megabytes(figure.lateRssBytes)}`,
    `${megabytes(figure.earlyHeapBytes)}, ${megabytes(figure.lateHeapBytes)}`,
  ]);
  const head = [
    ...['settles are sent', 'drained', `${modelled.changes} of ${modelled.resources}, modelled`],
    ...[
      'settles',
      'Describe calls',
      'throttled',
      'came again',
      'processor of one change or settle',
    ],
    'memory of the largest process until a third was taken, at the end',
    'of that in use after a collection',
  ];
  return [
    `A storm of ${first.changes} changes of ${first.resources} security groups, five processes, against a stub with the limits of AWS (Describe 20 a second, import 10, GetFindings 3):`,
    table(head, rows),
  ].join('\n\n');
};

const size = { changes: 9000, resources: 900 };
/** What a process keeps may grow by so much while two thirds of the changes come; code that is compiled counts as well. */
const mostGrowth = 1.25;
const checkFlat = ({ form, earlyHeapBytes, lateHeapBytes }: StormFigures): void => {
  if (earlyHeapBytes === 0 || lateHeapBytes > earlyHeapBytes * mostGrowth)
    throw new Error(
      `a process keeps more the longer a storm lasts (${settlesAs[form]}): ${megabytes(earlyHeapBytes)}, then ${megabytes(lateHeapBytes)}`,
    );
};

/** A storm where each second look comes alone, and one where those of a batch come together. */
export const stormText = async (say: (sentence: string) => void): Promise<string> => {
  const load = loadNow();
  const figures: StormFigures[] = [];
  for (const form of ['json', 'deflated'] as const) {
    say(`second looks ${settlesAs[form]} …`);
    const storm = await benchStorm({ ...size, form });
    checkFlat(storm);
    figures.push(storm);
  }
  return `${stormTable(figures)}\n\nLoad ${load} before and ${loadNow()} after.`;
};
