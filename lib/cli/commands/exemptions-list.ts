import { type Exemption, everyAccount } from '../../engine/baseline/exemption.ts';
import type { Where } from '../../model/resource-type.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { paint } from '../../reports/paint.ts';
import { printedJson } from '../../support/printed-json.ts';
import { accountOption, ofPlaces } from '../accounts/of-accounts.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { byId } from '../output/order.ts';
import { regionOption } from '../regions.ts';
import { unreadableText } from '../row-of.ts';

const usage = `Usage: plumbline exemptions [list] [options]

Lists the exemptions of the baseline, those that people gave single resources, and those of
Plumbline's own buckets: who answers for what, why and until when. It reads the whole posture table.

  --region <list>    only what is in these regions, and what the baseline says of any
  --account <list>   only what is in these accounts, and what the baseline says of any
  --organizational-unit <list>  the same of the accounts of these units, and below
${deployedUsage}

Exit code: 0 listed, 2 it could not be looked up.
Example: plumbline exemptions`;

/** The account and region that a resource's ARN says; neither of a name or a pattern, no region of what is global. */
const placeIn = (resource: string): Partial<Where> => {
  const [arn, , , region = '', account = ''] = resource.split(':');
  if (arn !== 'arn') return {};
  return {
    ...(/^\d{12}$/.test(account) ? { account } : {}),
    ...(/^[\w-]+$/.test(region) ? { region } : {}),
  };
};

interface Line extends Exemption {
  readonly keptIn: 'baseline' | 'release' | 'table';
  /** Nobody answers for it yet. */
  readonly isUnconfirmed: boolean;
  readonly hasEnded: boolean;
}

const linesOf = async (
  { baseline, listing, stack }: Deployed,
  isOf: (where: Partial<Where>) => boolean,
  now: string,
): Promise<readonly Line[]> => {
  const all = new Set([...baseline.exemptions, ...(baseline.exemptionsElsewhere ?? [])]);
  const written = [...all].filter(({ resource, account }) => {
    const said = account === undefined || account === everyAccount ? {} : { account };
    return isOf({ ...placeIn(resource), ...said });
  });
  const lines: Line[] = written.map((exemption) => ({
    ...exemption,
    keptIn: exemption.isOwn ? 'release' : 'baseline',
    isUnconfirmed: false,
    hasEnded: exemption.expires < now,
  }));
  for await (const row of listing.exempted()) {
    const { arn, ref, exemptions = {} } = row;
    if (!isOf(ref)) continue;
    if (row.isUnreadable) console.error(unreadableText(row));
    for (const [control, { unconfirmed, ...granted }] of Object.entries(exemptions)) {
      lines.push({
        ...granted,
        control,
        ...(ref.account === stack.account ? {} : { account: ref.account }),
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

const accountText = (account: string): string =>
  account === everyAccount ? 'every account' : account;

const table = (lines: readonly Line[]): string => {
  const head = ['Control', 'Resource', 'Owner', 'Reason', 'Until', 'Kept in'];
  const rows = lines.map((line) => [
    line.control,
    line.account === undefined ? line.resource : `${line.resource} in ${accountText(line.account)}`,
    line.owner,
    line.reason,
    until(line),
    line.keptIn,
  ]);
  return fittingTable(head, rows, { named: ['Owner', 'Until', 'Kept in'] });
};

export const listExemptions: Command = async (argv) => {
  const args = parsed(argv, { ...deployedOptions, ...regionOption, ...accountOption }, usage);
  if (!args) return 0;
  const plumbline = await deployed(args.values);
  const isOf = ofPlaces(args.values, plumbline);
  const lines = await linesOf(plumbline, isOf, new Date().toISOString());
  if (args.values.json) console.log(printedJson(lines));
  else console.log(lines.length > 0 ? table(lines) : 'no exemptions');
  return 0;
};
