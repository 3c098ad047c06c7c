import { allControls } from '../../controls/index.ts';
import { manifestControls } from '../../manifests/index.ts';
import type { ManifestControl } from '../../manifests/model/manifest-control.ts';
import { kinds } from '../../manifests/model/subject.ts';
import type { Control } from '../../model/control.ts';
import { catalogue } from '../../reporting/catalogue.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { frameworks } from '../../reports/frameworks/index.ts';
import { controlsOf, manifestControlsOf } from '../../reports/frameworks/resolve.ts';
import { paint } from '../../reports/paint.ts';
import { printedJson } from '../../support/printed-json.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { described } from '../output/described.ts';
import { describedHost, fixWords, hostControlsInOrder } from '../output/host-described.ts';
import { describedManifest } from '../output/manifest-described.ts';
import { byId } from '../output/order.ts';
import { frameworkNamed } from './report/report-frameworks.ts';

const usage = `Usage: plumbline controls [--standard <id> | --hosts | --manifests] [--json]

Lists the controls: what each evaluates and what must hold.

  --standard <id>  only what this asks for, on AWS and on hosts: ${frameworks.map(({ id }) => id).join(', ')}, or a YAML file
  --hosts          the controls on hosts, which their audits evaluate
  --manifests      the controls on manifests, which check evaluates in files
  --json           as JSON

Exit code: 0 listed, 2 an option or its value is wrong.
Example: plumbline controls --standard cis-aws-3.0.0`;

const table = (controls: readonly Control[]): string => {
  const head = ['Control', 'Severity', 'Evaluates', 'What must hold'];
  const rows = controls.map((control) => [
    paint.bold(control.id),
    control.severity,
    control.resources.map(({ type }) => type).join('\n'),
    control.title,
  ]);
  return fittingTable(head, rows);
};

const hostTable = (controls = hostControlsInOrder): string => {
  const head = ['Control', 'Severity', 'Area', 'Fix', 'What must hold'];
  const rows = controls.map((control) => [
    paint.bold(control.id),
    control.severity,
    control.area,
    fixWords(control),
    control.title,
  ]);
  return fittingTable(head, rows, { named: ['Fix'] });
};

const manifestTable = (all: readonly ManifestControl[]): string => {
  const head = ['Control', 'Severity', 'Evaluates', 'What must hold'];
  const rows = all.map(({ id, severity, on, title }) => [
    paint.bold(id),
    severity,
    kinds[on],
    title,
  ]);
  return fittingTable(head, rows);
};

const options = {
  hosts: { type: 'boolean' },
  json: { type: 'boolean' },
  manifests: { type: 'boolean' },
  standard: { type: 'string' },
} as const;

export const controls: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { hosts, json, manifests, standard } = args.values;
  if (hosts && manifests) throw new UserError('--hosts and --manifests do not go together');
  if ((hosts || manifests) && standard !== undefined)
    throw new UserError(
      `--standard and ${hosts ? '--hosts' : '--manifests'} do not go together: --standard lists controls of every kind`,
    );
  if (manifests) {
    const all = manifestControls.toSorted(byId);
    console.log(json ? printedJson(all.map(describedManifest)) : manifestTable(all));
    return 0;
  }
  if (hosts) {
    console.log(json ? printedJson(hostControlsInOrder.map(describedHost)) : hostTable());
    return 0;
  }
  const framework =
    standard === undefined ? undefined : await frameworkNamed(standard, await catalogue());
  const asked = framework && controlsOf(framework);
  const onAws = (await allControls()).filter(({ id }) => asked?.has(id) ?? true).toSorted(byId);
  const onHosts = asked ? hostControlsInOrder.filter(({ id }) => asked.has(id)) : [];
  const ofFiles = framework ? manifestControlsOf(framework) : new Set<string>();
  const onManifests = manifestControls.filter(({ id }) => ofFiles.has(id)).toSorted(byId);
  const tables = [
    ...(onAws.length > 0 ? [table(onAws)] : []),
    ...(onHosts.length > 0 ? [hostTable(onHosts)] : []),
    ...(onManifests.length > 0 ? [manifestTable(onManifests)] : []),
  ];
  console.log(
    json
      ? printedJson([
          ...onAws.map(described),
          ...onHosts.map(describedHost),
          ...onManifests.map(describedManifest),
        ])
      : tables.join('\n'),
  );
  return 0;
};
