import type { Severity } from '../../../model/control.ts';
import type { Tag } from '../../../reports/compliance/scope.ts';
import { frameworks } from '../../../reports/frameworks/index.ts';
import type { Framework } from '../../../reports/frameworks/resolve.ts';
import { severities } from '../../../reports/result.ts';
import { UserError } from '../../../support/user-error.ts';
import {
  type AccountsAsked,
  accountsAsked,
  accountsOptions,
  accountsUsage,
} from '../../accounts/accounts-asked.ts';
import { listed, oneOf, parsed } from '../../arguments.ts';
import type { Counts } from '../../output/tally.ts';
import { regionOption, regionsNamed } from '../../regions.ts';
import { tagOption, tagsNamed } from '../../tags.ts';

const usage = `Usage: plumbline scan [options]

Evaluates every resource of the account once, with the credentials of the environment,
against AWS or AWS_ENDPOINT_URL. Nothing is deployed, stored or changed.

What is evaluated. A list is a,b. In --control, --service, --resource-type and --resource * stands
for any characters, and ? for one:
  --control <ids>         only these controls, such as S3.*,EC2.19
  --severity <list>       only controls of these severities: ${severities.join(', ').toLowerCase()}
  --standard <id>         only what this standard asks for, with a view of its requirements:
                          ${frameworks.map(({ id }) => id).join(', ')}, or a YAML file of your own
  --service <list>        only resources of these services, such as s3,iam
  --resource-type <list>  only resources of these types
  --resource <list>       only these resources, by id or ARN
  --tag <key[=value]>     only resources with this tag
  --region <list>         else those that the baseline governs, or that of the environment or
                          profile
  --baseline <file>       else plumbline.yaml, else every control with its defaults

${accountsUsage}

What is shown:
  --status <list>         fail, exempted, unknown, pass, not-applicable; by default the first three
  --all                   every verdict; with --json also what was evaluated
  --known <file>          leave out what this file knows; say what is new and what was put right
  --write-known <file>    write what fails or is unknown now to a file
  --quiet                 findings alone
  --out <file>            write the report there as JSON, beside what is shown; of several accounts
                          a file each, with the account in its name
  --json                  as JSON

  --fail-on <severity>    exit with 1 only for findings of this severity or above

Exit code: 2 something could not be evaluated, else 1 findings, else 0.
Example: plumbline scan --service s3 --severity critical,high`;

const options = {
  control: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  standard: { type: 'string' },
  service: { type: 'string', multiple: true },
  'resource-type': { type: 'string', multiple: true },
  resource: { type: 'string', multiple: true },
  ...tagOption,
  ...regionOption,
  ...accountsOptions,
  baseline: { type: 'string' },
  status: { type: 'string', multiple: true },
  all: { type: 'boolean', default: false },
  known: { type: 'string' },
  'write-known': { type: 'string' },
  quiet: { type: 'boolean', default: false },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  'fail-on': { type: 'string' },
} as const;

/** What somebody asks of a scan. */
export interface Asked {
  readonly controls: readonly string[];
  readonly severities: readonly Severity[];
  readonly standard?: Framework;
  readonly services: readonly string[];
  readonly resourceTypes: readonly string[];
  readonly resources: readonly string[];
  readonly tags: readonly Tag[];
  readonly regions: readonly string[];
  /** @default - the account of the credentials */
  readonly accounts?: AccountsAsked;
  readonly baseline?: string;
  readonly statuses: readonly (keyof Counts)[];
  readonly known?: string;
  readonly writeKnown?: string;
  readonly quiet: boolean;
  readonly out?: string;
  readonly json: boolean;
  readonly failOn: Severity;
}

const statusNames: Readonly<Record<string, keyof Counts>> = {
  fail: 'failed',
  exempted: 'exempted',
  unknown: 'unknown',
  pass: 'passed',
  'not-applicable': 'notApplicable',
};
const usually: readonly (keyof Counts)[] = ['failed', 'exempted', 'unknown'];

/** The same, before the framework is looked up that somebody names. */
export interface Said extends Omit<Asked, 'standard'> {
  readonly standard?: string;
}

const given = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
const file = <K extends string>(key: K, name: string, path: string | undefined) => {
  if (path?.trim() === '') throw new UserError(`--${name} is empty; give a file`);
  return given(key, path);
};

/** What the options say; `undefined` where help was asked for and printed. */
export const scanAsked = (argv: readonly string[]): Said | undefined => {
  const args = parsed(argv, options, usage);
  if (!args) return undefined;
  const { values } = args;
  const statuses = listed('status', values.status).map(
    (each) => statusNames[oneOf('status', each, Object.keys(statusNames))] ?? 'failed',
  );
  if (values.all && statuses.length > 0)
    throw new UserError('--all and --status do not go together: --all shows every status');
  if (values.quiet && values.json) throw new UserError('--quiet and --json do not go together');
  const shown = values.all ? Object.values(statusNames) : usually;
  return {
    controls: listed('control', values.control),
    severities: listed('severity', values.severity).map((one) =>
      oneOf('severity', one, severities),
    ),
    ...given('standard', values.standard),
    services: listed('service', values.service),
    resourceTypes: listed('resource-type', values['resource-type']),
    resources: listed('resource', values.resource),
    tags: tagsNamed(values.tag),
    regions: regionsNamed(values.region),
    ...given('accounts', accountsAsked(values)),
    ...file('baseline', 'baseline', values.baseline),
    statuses: statuses.length > 0 ? statuses : shown,
    ...file('known', 'known', values.known),
    ...file('writeKnown', 'write-known', values['write-known']),
    quiet: values.quiet,
    ...file('out', 'out', values.out),
    json: values.json,
    failOn: oneOf('fail-on', values['fail-on'] ?? 'low', severities),
  };
};
