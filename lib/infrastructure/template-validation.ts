import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../support/nearest.ts';
import { asRecord, list, text } from '../support/untyped.ts';
import { UserError } from '../support/user-error.ts';

/** What an app asks of the validation of its templates. */
export interface ValidationOptions {
  readonly baseline?: string;
  readonly failOn?: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  readonly controls?: readonly string[];
  readonly requireExplicit?: boolean;
}
const optionNames = ['baseline', 'failOn', 'controls', 'requireExplicit'];
const order: readonly unknown[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** Throws for what would be taken for something else: an app in JavaScript is not checked against the types. */
export const refuseWrongOptions = (options: ValidationOptions): void => {
  const refuse = (why: string): never => {
    throw new UserError(`PlumblineValidation: ${why}`);
  };
  const { failOn = 'LOW', controls, baseline, requireExplicit = false } = options;
  for (const name of Object.keys(options))
    if (!optionNames.includes(name))
      refuse(
        `there is no option ${name}; ${didYouMean(name, optionNames, `it takes ${optionNames.join(', ')}`)}`,
      );
  if (!order.includes(failOn)) refuse(`failOn is ${failOn}; allowed: ${order.join(', ')}`);
  if (controls !== undefined && (!Array.isArray(controls) || controls.length === 0))
    refuse('controls is no list of ids; leave it out for those of the baseline');
  if (baseline !== undefined && typeof baseline !== 'string')
    refuse('baseline is no path; give that of a plumbline.yaml');
  if (typeof requireExplicit !== 'boolean')
    refuse(`requireExplicit is ${requireExplicit}; allowed: true, false`);
};

/** One thing that is wrong, as the CDK takes it. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly fix?: string;
  readonly severity: string;
  readonly ruleMetadata: Readonly<Record<string, string>>;
  readonly violatingResources: {
    readonly resourceLogicalId: string;
    readonly templatePath: string;
    readonly locations: string[];
  }[];
}
interface Validated {
  readonly success: boolean;
  readonly violations: Violation[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Outputs of the CDK that hold these templates: those of stages are within that of their app. */
const assembliesOf = (templates: readonly string[]): readonly string[] => {
  const folders = [...new Set(templates.map((path) => dirname(resolve(path))))].filter((folder) =>
    existsSync(join(folder, 'manifest.json')),
  );
  return folders.filter((one) => !folders.some((other) => one.startsWith(`${other}/`)));
};

/** A large app has many findings. */
const maxBuffer = 1_000_000_000;
/**
 * Facets are read asynchronously, as those of an account are, and the CDK waits for nothing: a process does it.
 * @param program `check` of the package
 */
const checked = (program: URL, folders: readonly string[], options: ValidationOptions): unknown => {
  const { baseline, controls, requireExplicit, failOn } = options;
  const args = [
    fileURLToPath(program),
    ...['check', '--json'],
    ...(baseline === undefined ? [] : ['--baseline', baseline]),
    ...(controls === undefined ? [] : ['--control', controls.join(',')]),
    ...(requireExplicit ? ['--require-explicit'] : []),
    ...(failOn === undefined ? [] : ['--fail-on', failOn]),
    ...['--', ...folders],
  ];
  const { stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer,
  });
  if (error) throw error;
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(stderr.trim() || 'plumbline check said nothing');
  }
};

const isGrave = (severity: unknown, { failOn = 'LOW' }: ValidationOptions): boolean =>
  order.indexOf(severity) <= order.indexOf(failOn);

const conditionsIn = (result: Record<string, unknown>): string => {
  const when = list(result['when']).map((one) => `when ${String(one)}`);
  const soft = list(result['withDefaults']).map((one) => `with default ${String(one)}`);
  const all = [...when, ...soft, ...list(result['notes']).map(String)];
  return all.length > 0 ? ` (${all.join('; ')})` : '';
};

const violationOf = (
  result: Record<string, unknown>,
  about: Record<string, unknown>,
  severity: string,
): Violation => {
  const { control, title, reason, file, logicalId, property } = result;
  const { advice, url } = about;
  return {
    ruleName: String(control),
    description: `${String(title)}: ${String(reason)}${conditionsIn(result)}`,
    ...(text(advice) === undefined ? {} : { fix: `${String(advice)} ${text(url) ?? ''}`.trim() }),
    severity,
    ruleMetadata: { severity: String(result['severity']) },
    violatingResources: [
      {
        resourceLogicalId: String(logicalId),
        templatePath: resolve(String(file)),
        locations: [text(property) ?? 'Properties'],
      },
    ],
  };
};

/**
 * What `plumbline check` says of an output of the CDK. The CDK leaves out what is acknowledged as `Plumbline::S3.8`, and keeps
 * it in its report, but for what is acknowledged without a reason; what is exempted in any other way is left out here. Once it
 * has left something out, it takes for failed what has the severity error.
 */
export const validated = (
  program: URL,
  templates: readonly string[],
  options: ValidationOptions,
  acknowledged: (control: string, construct: string) => string | undefined,
): Validated => {
  const folders = assembliesOf(templates);
  if (folders.length === 0) return { success: true, violations: [], metadata: {} };
  const said = asRecord(checked(program, folders, options));
  const advice = asRecord(said['advice']);
  const problems = list(said['problems']).map((one) => String(asRecord(one)['message']));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const results = list(said['results']).map(asRecord);
  const violations = results.flatMap((result) => {
    const { control, severity, status, exemption, construct } = result;
    const reason = acknowledged(String(control), text(construct) ?? '');
    if (status !== 'FAIL' || (exemption !== undefined && reason === undefined)) return [];
    const grave = isGrave(severity, options) ? 'error' : 'warning';
    // What is fatal the CDK does not leave out.
    const told = reason?.trim() === '' ? 'fatal' : grave;
    return [violationOf(result, asRecord(advice[String(control)]), told)];
  });
  const unknown = results.filter(({ status }) => status === 'UNKNOWN').length;
  const warnings = list(said['warnings']).map((one) => String(asRecord(one)['message']));
  return {
    success: violations.every(({ severity }) => severity === 'warning'),
    violations,
    metadata: {
      resources: String(said['resources']),
      unknown: String(unknown),
      ...(warnings.length > 0 ? { warnings: warnings.join('\n') } : {}),
    },
  };
};
