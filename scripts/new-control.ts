import type { Control } from '../lib/model/control.ts';
import type { AnyResourceType } from '../lib/model/resource-type.ts';
import { UserError } from '../lib/support/user-error.ts';
import { camelCase, type Found, findControls, findResourceTypes } from './catalogue.ts';
import { runScript, writeNew } from './scaffolding.ts';
import { askedOf } from './script-arguments.ts';
import { type SecurityHubControl, securityHubControls } from './security-hub-controls.ts';

const usage = `Usage: npm run new-control -- <service> <what-must-hold> [--id <id>] [--type <resource type>] [--needs <facet>,…] [--plan]
       npm run new-control -- <id of Security Hub> [<what-must-hold>] [--type …] [--needs …] [--plan]

Writes a control with its test, to be filled in.

  --id <id>       PL.<SERVICE>.<n> by default, the next that is free
  --type <type>   of CloudFormation, where the service's controls evaluate several
  --needs <list>  facets of the type, with commas between them
  --plan          with a plan that puts it right, and a drift of it in the test; without one the test has a turn

  npm run new-control -- s3 bucket-logs-access --type AWS::S3::Bucket --needs logging
  npm run new-control -- S3.11 bucket-announces-changes`;

export interface NewControl {
  /** The folder below lib/controls. */
  readonly service: string;
  /** A statement that is true when compliant, in kebab case. */
  readonly name: string;
  /** The next free `PL.<SERVICE>.<n>` where it is not given. */
  readonly id?: string | undefined;
  /** The type that the service's controls evaluate, where they evaluate only one. */
  readonly type?: string | undefined;
  /** Facets of the type, with commas between. */
  readonly needs?: string | undefined;
  /** Whether calls put it right. */
  readonly plan?: boolean | undefined;
}

const nextId = (service: string, taken: readonly string[]): string => {
  const prefix = `PL.${service.toUpperCase().replaceAll('-', '')}.`;
  const numbers = taken.flatMap((id) =>
    id.startsWith(prefix) ? Number(id.slice(prefix.length)) : [],
  );
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
};

const typeFor = (
  { type, service }: NewControl,
  types: readonly Found<AnyResourceType>[],
  siblings: readonly Found<Control>[],
  known: SecurityHubControl | undefined,
): Found<AnyResourceType> => {
  const usual = new Set(siblings.flatMap(({ value }) => value.resources.map((each) => each.type)));
  const evaluated = known?.types.find((one) => types.some(({ value }) => value.type === one));
  const own = types.filter(({ file }) => file.startsWith(`lib/resources/${service}/`));
  const [only] = usual.size === 0 && own.length === 1 ? own.map(({ value }) => value.type) : usual;
  const wanted = type ?? evaluated ?? (usual.size > 1 ? undefined : only);
  const found = types.find(({ value }) => value.type === wanted);
  if (found) return found;
  const asked = wanted === undefined && own.length > 0 ? own : types;
  const allowed = asked.map(({ value }) => value.type).join(', ');
  throw new UserError(`--type is ${wanted ?? `not clear from ${service}`}; allowed: ${allowed}`);
};

const sentence = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const listed = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');

const standardsText = (known: SecurityHubControl | undefined): string =>
  Object.entries(known?.standards ?? {})
    .map(([standard, requirements]) => `    '${standard}': [${listed(requirements)}],\n`)
    .join('');

const needsFor = ({ needs }: NewControl, { value }: Found<AnyResourceType>): readonly string[] => {
  const wanted = (needs ?? '').split(',').filter((one) => one !== '');
  const missing = wanted.find((one) => !Object.hasOwn(value.facets, one));
  if (missing === undefined) return wanted;
  const facets = Object.keys(value.facets).join(', ') || 'none yet: write the type first';
  throw new UserError(`${value.type} has no facet ${missing}; it has ${facets}`);
};

const adviceText = `advice: 'What a person does to make it pass.'`;
const remediationText = `{
    ${adviceText},
    grants: [{ actions: [], on: ({ arn }) => [arn] }],
    // The calls and what takes them back, as { kind: 'calls', … }, or a proposal where it is for a person to say.
    plan: () => propose('not written yet'),
  }`;

const controlText = (
  { name, needs, plan }: Pick<NewControl, 'name' | 'plan'> & { readonly needs: readonly string[] },
  id: string,
  type: Found<AnyResourceType>,
  known: SecurityHubControl | undefined,
): string => {
  const standards = standardsText(known);
  const facets = Object.keys(type.value.facets).join(', ');
  return `import { defineControl, ${plan ? 'propose, ' : ''}unknown } from '../../model/control.ts';
import { ${type.name} } from '../..${type.file.slice('lib'.length)}';

export const ${camelCase(name)} = defineControl(${type.name}, {
  id: '${id}',
  title: '${(known?.title ?? sentence(name)).replaceAll("'", '’')}',
  severity: '${known?.severity || 'MEDIUM'}',
  rationale: 'Why it matters, in one sentence.',
  standards: {${standards === '' ? '' : `\n${standards}  `}},
${needs.length > 0 ? '' : `  // Of its facets: ${facets}.\n`}  needs: [${listed(needs)}],
  evaluate: () => unknown('not written yet'),
  remediation: ${plan ? remediationText : `{ ${adviceText} }`},
});
`;
};

const notWritten = (asked: string, answer: string): string =>
  `  // ${asked}
  ${answer}: () => Promise.reject(new Error('not written yet')),
`;
/** What goes the whole path on the local AWS, which another test asks for. */
const pathText = (id: string, type: string, plan: boolean): string =>
  plan
    ? `export const drift: Drift = {
  control: '${id}',
  type: '${type}',
  title: 'somebody does what makes it fail',
${notWritten('Makes a resource that passes, and answers its id.', 'arrange')}${notWritten('What somebody does to it.', 'drift')}};
`
    : `export const turn: Turn = {
  control: '${id}',
  type: '${type}',
${notWritten('Makes a resource that passes, and answers its id.', 'make')}${notWritten('What somebody does to it.', 'wrong')}${notWritten('What takes that back.', 'right')}};
`;

const testText = ({ service, name, plan }: NewControl, id: string, type: string): string =>
  `import { ${camelCase(name)} } from '../../../lib/controls/${service}/${name}.ts';
import type { ${plan ? "Drift } from '../../remediation/drift.ts" : "Turn } from '../../local/path/turns/turn.ts"}';
import { testControl } from '../harness.ts';

testControl(${camelCase(name)}, {
  rows: {
    'what is as it should be': { given: {}, verdict: 'PASS' },
    'what is not': { given: {}, verdict: 'FAIL'${plan ? ", plan: { risk: 'safe', calls: [] }" : ''} },
  },
${
  plan
    ? `  // What AWS does to the facets at each call of the plan: { ${service}: { call: (snapshot, input) => ({ ...snapshot }) } }.
  effects: {},
`
    : ''
}});

${pathText(id, type, plan ?? false)}`;

/** Writes a control and its test; they compile, and fail until they are written. Returns their paths. */
export const scaffold = async (root: string, wanted: NewControl): Promise<readonly string[]> => {
  const { service, name } = wanted;
  if (!/^[a-z][a-z0-9-]*$/.test(service)) throw new UserError(`${service} is no name of a service`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))
    throw new UserError(`${name} is no statement in kebab case, such as bucket-logs-access`);
  const services = await findControls(root);
  const taken = [...services.values()].flat().map(({ value }) => value.id);
  const id = wanted.id ?? nextId(service, taken);
  const holder = [...services.values()].flat().find(({ value }) => value.id === id);
  if (holder) throw new UserError(`${id} is ${holder.file} already`);
  const known = securityHubControls().find((each) => each.id === id);
  const types = await findResourceTypes(root);
  const type = typeFor(wanted, types, services.get(service) ?? [], known);
  const needs = needsFor(wanted, type);
  return writeNew(
    root,
    new Map([
      [`lib/controls/${service}/${name}.ts`, controlText({ ...wanted, needs }, id, type, known)],
      [`test/controls/${service}/${name}.test.ts`, testText(wanted, id, type.value.type)],
    ]),
  );
};

/** `Log buckets should be private` → `log-buckets-are-private`: what holds when it passes. */
const statementOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/\bshould not\b/, 'do not')
    .replace(/(s?) should be\b/, (_, plural: string) => (plural === '' ? ' is' : 's are'))
    .replace(/\bshould have\b/, 'have')
    .replace(/\bshould\b/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** What is wanted where only an id of Security Hub is said. */
const byId = (id: string, name: string | undefined): NewControl => {
  const isMeant = (each: SecurityHubControl) => each.id.toLowerCase() === id.toLowerCase();
  const known = securityHubControls().find(isMeant);
  if (!known) throw new UserError(`Security Hub has no control ${id} that is known here`);
  const [service = ''] = id.toLowerCase().split('.');
  return { service, name: name ?? statementOf(known.title), id: known.id };
};

/** What the words of a command line ask for. */
export const wantedBy = (
  [first = '', second, ...more]: readonly string[],
  options: Pick<NewControl, 'id' | 'type' | 'needs' | 'plan'>,
): NewControl => {
  if (more.length > 0) throw new UserError(usage);
  if (/^[A-Z]\w*\.\d+$/i.test(first)) return { ...options, ...byId(first, second) };
  if (first === '' || second === undefined) throw new UserError(usage);
  return { service: first, name: second, ...options };
};

await runScript(import.meta.url, async (root) => {
  const { values, positionals } = askedOf(
    {
      id: { type: 'string' },
      type: { type: 'string' },
      needs: { type: 'string' },
      plan: { type: 'boolean' },
    },
    usage,
    'some',
  );
  return scaffold(root, wantedBy(positionals, values));
});
