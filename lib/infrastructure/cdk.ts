import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  App,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type Stack,
  type StackProps,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import { everyControl } from '../controls/every.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { attestationsBundled } from '../reports/compliance/attestation.ts';
import { frameworksBundled } from '../reports/frameworks/own-framework.ts';
import { resourceTypes } from '../resources/every.ts';
import { attestationsBeside, baselineFrom, frameworksBeside } from './baseline-file.ts';
import { MembersStack as Members } from './members-stack.ts';
import { PlumblineStack as Plumbline } from './plumbline-stack.ts';
import { stackPropsFor } from './stack-props.ts';
import { refuseWrongOptions, validated } from './template-validation.ts';
import { zipped } from './zip.ts';

/** What the package gives to CDK apps: all else in it is internal. Types here name nothing but the CDK's. */

/** What is done about a failure: it is told; it is told with what would be done; it is put right. */
export type PlumblineMode = 'observe' | 'plan' | 'remediate';
/** What a plan may interrupt: nothing, or what it changes for a while. */
export type PlumblineRisk = 'safe' | 'disruptive';

/** What is said of one control. */
export interface PlumblineControl {
  /** @default true */
  readonly enabled?: boolean;
  /** @default - as `mode` says for all */
  readonly mode?: PlumblineMode;
  /** Whether what failed before anybody watched is put right too. @default false */
  readonly backlog?: boolean;
  /** The most that may be done without a person. @default - as `remediation.risk` says for all */
  readonly risk?: PlumblineRisk;
  /** By name; `npx --no-install plumbline explain <control>` lists them. @default - as the control says */
  readonly parameters?: Readonly<Record<string, unknown>>;
}
/** A failure that somebody answers for, until a day. */
export interface PlumblineExemption {
  readonly control: string;
  /** An ARN, an id, or a glob of them. */
  readonly resource: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it counts, such as 2027-01-31. */
  readonly expires: string;
  /** The governed account that it is of, or `all`. @default - the one where Plumbline stands, or that the ARN says */
  readonly account?: string;
  /** The accounts in this unit, and in the units below. @default - as `account` says */
  readonly organizationalUnit?: string;
}
/** Somebody who may ask for what changes something, in some accounts or for some things alone. */
export interface PlumblineOperator {
  /** Of a role or a user of the account where Plumbline stands. */
  readonly arn: string;
  /** @default - every governed account */
  readonly accounts?: readonly string[];
  /** @default - every governed account */
  readonly organizationalUnits?: readonly string[];
  /** @default - all of them */
  readonly may?: readonly ('fix' | 'undo' | 'exempt' | 'audit')[];
}
/** Another account that is governed. */
export interface PlumblineAccount {
  readonly id: string;
  /** Whether something may be put right there. @default false */
  readonly remediate?: boolean;
  /** What counts there otherwise. @default - as for all */
  readonly controls?: Readonly<Record<string, PlumblineControl>>;
}
/** What counts otherwise in a unit, an account or a region of an organization: at least one of them is said. */
export interface PlumblineOverride {
  readonly organizationalUnit?: string;
  readonly account?: string;
  readonly region?: string;
  /** Whether something may be put right there; `false` of an account alone. */
  readonly remediate?: boolean;
  /** Nothing is put right there, whatever is said elsewhere. @default false */
  readonly stopped?: boolean;
  readonly presets?: readonly string[];
  readonly controls?: Readonly<Record<string, PlumblineControl>>;
  /** The strictest counts, at whichever level it is said. */
  readonly remediation?: {
    readonly holdHours?: number;
    readonly perHour?: number;
    readonly windows?: readonly PlumblineWindow[];
  };
}
/** When something may be put right. */
export interface PlumblineWindow {
  /** @default - every day */
  readonly days?: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  /** Such as 22:00. */
  readonly from: string;
  readonly to: string;
  /** Such as Europe/Zurich. @default UTC */
  readonly timeZone?: string;
}
/** Limits of what is done without a person. */
export interface PlumblineRemediation {
  /** @default safe */
  readonly risk?: PlumblineRisk;
  /** Hours in which what a person took back is left alone. @default 24 */
  readonly holdHours?: number;
  /** Days for which a finding that an operator suppressed is left alone. @default 30 */
  readonly suppressionDays?: number;
  /** So many drifts in so many hours are a quarrel, which a person settles. @default - 3 in 24 hours */
  readonly flapping?: { readonly drifts?: number; readonly hours?: number };
  /** Most actions of one control in an hour. @default - 20; of drift of one user or role a tenth of all resources of the type, at least 3; 5 more for what is CRITICAL or exposed */
  readonly breaker?: {
    readonly perHour?: number;
    readonly share?: number;
    readonly atLeast?: number;
    readonly reserve?: number;
    readonly closesAfterMinutes?: number;
  };
  /** @default - always */
  readonly windows?: readonly PlumblineWindow[];
  /** ARNs, or globs of them, of roles that deploy: what they change is theirs. @default [] */
  readonly deployRoles?: readonly string[];
  /** ARNs of roles that are never changed, in which `*` and `?` stand for others. @default [] */
  readonly protectedRoles?: readonly string[];
}
/** How hosts are audited. */
export interface PlumblineHosts {
  /** @default - every area that needs not be asked for */
  readonly areas?: readonly string[];
  /** @default - rate(12 hours) */
  readonly schedule?: string;
  /** Hosts at once: a number, or a share such as 25%. @default 25% */
  readonly maxConcurrency?: string;
  /** @default 50% */
  readonly maxErrors?: string;
  /** How many hosts a fix is tried on first. @default 10% */
  readonly canary?: string;
  /** @default 30 */
  readonly canaryMinutes?: number;
}
/** A report that is written by the clock. */
export interface PlumblineReport {
  /** A framework that is built in, such as fsbp-1.0.0. */
  readonly standard: string;
  readonly every: 'day' | 'week' | 'month';
  /** @default bucket, and nothing else in this version */
  readonly to?: 'bucket';
}
/** Which accounts of an organization are governed: docs/guide/organization.md of the repository. */
export interface PlumblineOrganization {
  /** `o-abcdef1234` */
  readonly id: string;
  /** Accounts in these units, and in the units below. @default - every account, where no account is named either */
  readonly organizationalUnits?: readonly string[];
  /** Ids of accounts that are governed beside them. @default [] */
  readonly accounts?: readonly string[];
  /** Ids of accounts that are not governed. @default [] */
  readonly exclude?: readonly string[];
  /** @default [] */
  readonly overrides?: readonly PlumblineOverride[];
}
/** What `plumbline.yaml` says, as an object: docs/guide/baseline.md of the repository explains each key. */
export interface PlumblineBaseline {
  /** Where IAM is heard, in each partition. @default us-east-1 */
  readonly homeRegion?: 'us-east-1' | 'us-gov-west-1' | 'cn-north-1';
  /** Whose resources are evaluated beside those of us-east-1; `all` are those that every account has. In other partitions none. @default [] */
  readonly regions?: 'all' | readonly string[];
  /** Other accounts whose resources are evaluated as well; each deploys what `member-template` prints. @default [] */
  readonly accounts?: readonly (string | PlumblineAccount)[];
  /** Accounts that are governed as they come and go. @default - none */
  readonly organization?: PlumblineOrganization;
  /** `failures` leaves out a PASS that never had a finding. @default all */
  readonly publish?: 'all' | 'failures';
  /** `all`, `own`, or a standard such as fsbp-1.0.0. @default - all */
  readonly presets?: readonly string[];
  /** A resource with this tag holds what must not leak. @default - none */
  readonly sensitivityTag?: { readonly key: string; readonly values: readonly string[] };
  /** Keys of at most 10 tags that are kept of each resource, for `report --tag`. @default [] */
  readonly reportTags?: readonly string[];
  /** Of every control that says nothing else. @default observe */
  readonly mode?: 'observe' | 'plan';
  /** ARNs of the roles and users who may ask for what changes something. @default [] */
  readonly operators?: readonly (string | PlumblineOperator)[];
  readonly remediation?: PlumblineRemediation;
  /** The custom actions in Security Hub's console. @default false */
  readonly securityHub?: boolean | { readonly actions?: boolean };
  /** @default false */
  readonly hosts?: boolean | PlumblineHosts;
  /** By id, such as `S3.8`. @default - none is named */
  readonly controls?: Readonly<Record<string, PlumblineControl>>;
  /** @default [] */
  readonly exemptions?: readonly PlumblineExemption[];
  /** An AWS Config rule for each type that is evaluated and recorded. @default false */
  readonly configRules?: boolean;
  /** @default false */
  readonly dashboard?: boolean;
  /** What happened is kept in files: of verdicts 400 days, of people 90. @default false */
  readonly history?:
    | boolean
    | { readonly days?: number; readonly peopleDays?: number; readonly lock?: boolean };
  /** Reports that are written by the clock into a bucket of the stack's own. @default [] */
  readonly reports?: readonly PlumblineReport[];
}

export interface PlumblineStackProps extends Omit<StackProps, 'env'> {
  /**
   * What must hold, and what may be done about it: the path of a `plumbline.yaml`, or what one says.
   *
   * @default - every control, observed
   */
  readonly baseline?: string | PlumblineBaseline;
  /**
   * The account that is watched. Plumbline is at home where the events of IAM arrive.
   *
   * @default - the account of the CDK's credentials, the home region of the baseline
   */
  readonly env?: {
    readonly account?: string;
    readonly region?: NonNullable<PlumblineBaseline['homeRegion']>;
  };
}
export interface PlumblineStackClass {
  /** `scope` is the app or a stage. */
  new (scope: Construct, id: string, props?: PlumblineStackProps): Stack;
}

/** Where the package has them, beside this file: one file a handler, and the parts that they share. */
const handlers = new URL('./handlers/', import.meta.url);

const baselineOf = (given: string | PlumblineBaseline): Baseline =>
  typeof given === 'string'
    ? baselineFrom(readFileSync(given, 'utf8'), given, everyControl)
    : baselineFrom(JSON.stringify(given), 'the baseline', everyControl);

/** The handlers with their baseline, where the app puts what it makes. */
const codeFor = (
  scope: Construct,
  id: string,
  baseline: Baseline,
  given: string | PlumblineBaseline,
): Code => {
  const stage = Stage.of(scope) ?? new App();
  const folder = join(stage.assetOutdir, 'plumbline', id);
  rmSync(folder, { recursive: true, force: true });
  cpSync(fileURLToPath(handlers), folder, { recursive: true });
  writeFileSync(join(folder, 'baseline.json'), JSON.stringify(baseline));
  if (baseline.reports && typeof given === 'string')
    writeFileSync(join(folder, attestationsBundled), JSON.stringify(attestationsBeside(given)));
  const beside = typeof given === 'string' ? given : undefined;
  const own = frameworksBeside(baseline, everyControl, beside);
  if (Object.keys(own).length > 0)
    writeFileSync(join(folder, frameworksBundled), JSON.stringify(own));
  const zip = `${folder}.zip`;
  writeFileSync(zip, zipped(folder));
  return Code.fromAsset(zip);
};

/** Everything that Plumbline is in one account and region. */
export const PlumblineStack: PlumblineStackClass = class PlumblineStack extends Plumbline {
  constructor(
    scope: Construct,
    id: string,
    { baseline: given = {}, env, ...props }: PlumblineStackProps = {},
  ) {
    const baseline = baselineOf(given);
    if (env?.region !== undefined && env.region !== baseline.homeRegion)
      throw new Error(`env.region is ${env.region}; allowed: ${baseline.homeRegion}`);
    const catalogue = { types: resourceTypes, controls: everyControl };
    super(scope, id, {
      ...stackPropsFor({ baseline, catalogue, code: codeFor(scope, id, baseline, given) }),
      ...props,
      ...(env?.account === undefined ? {} : { account: env.account }),
    });
  }
};
export type PlumblineStack = Stack;

export interface PlumblineMembersStackProps {
  /** The same as of the stack that evaluates; it names an organization. */
  readonly baseline: string | PlumblineBaseline;
  /** The id of that stack. @default Plumbline */
  readonly hubStack?: string;
}
export interface PlumblineMembersStackClass {
  /** `scope` is the app or a stage. */
  new (scope: Construct, id: string, props: PlumblineMembersStackProps): Stack;
}

/**
 * The StackSets with what stands in the accounts of an organization. People deploy it where StackSets are administered; its
 * parameters say the account of Plumbline, and the external id that the stack there puts out.
 */
export const PlumblineMembersStack: PlumblineMembersStackClass = class PlumblineMembersStack extends Members {
  constructor(
    scope: Construct,
    id: string,
    { baseline: given, hubStack }: PlumblineMembersStackProps,
  ) {
    const baseline = baselineOf(given);
    const { organization } = baseline;
    if (!organization)
      throw new Error('the baseline names no organization, so that there are no StackSets');
    super(scope, id, {
      baseline: { ...baseline, organization },
      catalogue: { types: resourceTypes, controls: everyControl },
      ...(hubStack === undefined ? {} : { hubStack }),
    });
  }
};
export type PlumblineMembersStack = Stack;

/** How the templates of an app are evaluated when it is synthesized. */
export interface PlumblineValidationProps {
  /**
   * A `plumbline.yaml`: which controls count, with which parameters, and what is exempted.
   *
   * @default - `plumbline.yaml` beside the app, else every control
   */
  readonly baseline?: string;
  /** Findings below this severity are told, and do not end the synthesis. @default LOW */
  readonly failOn?: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  /** Ids of the controls that are evaluated. @default - those of the baseline */
  readonly controls?: readonly string[];
  /** What only AWS's default makes right fails. @default false */
  readonly requireExplicit?: boolean;
}
export interface PlumblineValidationClass {
  new (props?: PlumblineValidationProps): IPolicyValidationPlugin;
}

/** The reason that somebody acknowledged a rule with, as the CDK has it: of the nearest construct above. */
const acknowledgedIn = (app: IConstruct) => {
  const found = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<unknown>(Object(data)))
      .map(([id, reason]) => ({ at: node.path, id, reason: String(reason ?? '') })),
  );
  return (control: string, construct: string): string | undefined =>
    found
      .filter(
        ({ at, id }) =>
          id === `Plumbline::${control}` &&
          (at === '' || `${construct}/Resource/`.startsWith(`${at}/`)),
      )
      .toSorted((a, b) => b.at.length - a.at.length)[0]?.reason;
};

/** The controls that watch the account, on the templates of an app: `Validations.of(app).addPlugins(…)`. */
export const PlumblineValidation: PlumblineValidationClass = class PlumblineValidation {
  readonly name = 'Plumbline';
  readonly #props: PlumblineValidationProps;
  constructor(props: PlumblineValidationProps = {}) {
    refuseWrongOptions(props);
    this.#props = props;
  }
  validate({
    templatePaths,
    appConstruct,
  }: IPolicyValidationContext): PolicyValidationPluginReport {
    const program = new URL('../bin/plumbline.cjs', import.meta.url);
    return validated(program, templatePaths, this.#props, acknowledgedIn(appConstruct));
  }
};
export type PlumblineValidation = IPolicyValidationPlugin;
