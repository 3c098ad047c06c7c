import type { Exemption } from '../../engine/baseline/exemption.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { paint } from '../../reports/paint.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { byId } from '../output/order.ts';

const usage = `Usage: plumbline exemptions [list] [options]

Lists the exemptions of the baseline, those that people gave single resources, and those of
Plumbline's own buckets: who answers for what, why and until when. It reads the whole posture table.

${deployedUsage}

Exit code: 0 listed, 2 it could not be looked up.
Example: plumbline exemptions`;

interface Line extends Exemption {
  readonly keptIn: 'baseline' | 'release' | 'table';
  /** Nobody answers for it yet. */
  readonly isUnconfirmed: boolean;
  readonly hasEnded: boolean;
}

const linesOf = async ({ baseline, listing }: Deployed, now: string): Promise<readonly Line[]> => {
  const lines: Line[] = baseline.exemptions.map((exemption) => ({
    ...exemption,
    keptIn: exemption.isOwn ? 'release' : 'baseline',
    isUnconfirmed: false,
    hasEnded: exemption.expires < now,
  }));
  for await (const { arn, ref, exemptions = {} } of listing.exempted()) {
    for (const [control, { unconfirmed, ...granted }] of Object.entries(exemptions)) {
      lines.push({
        ...granted,
        control,
        resource: arn ?? ref.id,
        keptIn: 'table',
        isUnconfirmed: unconfirmed === true,
        hasEnded: granted.expires < now,
      });
    }
  }
  return lines.toSorted(
    (a, b) => byId({ id: a.control }, { id: b.control }) || a.resource.localeCompare(b.resource),
  );
};

const until = ({ expires, hasEnded, isUnconfirmed, isOwn }: Line): string => {
  if (isOwn) return 'no end, by design';
  if (hasEnded) return paint.dim(`ended ${expires.slice(0, 10)}`);
  return isUnconfirmed
    ? paint.yellow(`${expires.slice(0, 10)}, unconfirmed`)
    : expires.slice(0, 10);
};

const table = (lines: readonly Line[]): string => {
  const head = ['Control', 'Resource', 'Owner', 'Reason', 'Until', 'Kept in'];
  const rows = lines.map((line) => [
    line.control,
    line.resource,
    line.owner,
    line.reason,
    until(line),
    line.keptIn,
  ]);
  return fittingTable(head, rows, { named: ['Owner', 'Until', 'Kept in'] });
};

export const listExemptions: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage);
  if (!args) return 0;
  const lines = await linesOf(await deployed(args.values), new Date().toISOString());
  if (args.values.json) console.log(JSON.stringify(lines, undefined, 2));
  else console.log(lines.length > 0 ? table(lines) : 'no exemptions');
  return 0;
};
