import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { allControls } from '../controls/index.ts';
import { idleExemptions, idleText } from '../engine/baseline/idle-exemptions.ts';
import { hostControls } from '../hosts/index.ts';
import { resourceTypes } from '../resources/index.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import {
  attestationsBeside,
  baselineAt,
  frameworksBeside,
  withAccounts,
  withOperators,
  withOrganization,
  withRegions,
} from './baseline-file.ts';
import { bundle } from './bundle.ts';
import { hardeningOn, planned } from './events/planned.ts';
import { MembersStack, membersStackName } from './members-stack.ts';
import { PlumblineStack } from './plumbline-stack.ts';
import { type PlumblineIn, stackPropsFor } from './stack-props.ts';

export interface AppOptions {
  /** @default - `-c baseline=<file>` of the CDK's command line, else plumbline.yaml, else every control */
  readonly baseline?: string | undefined;
  /** Regions that are governed, whatever the baseline says. @default - those that it says */
  readonly regions?: readonly string[] | undefined;
  /** Ids of other accounts that are governed, whatever the baseline says. @default - those that it says */
  readonly accounts?: readonly string[] | undefined;
  /** The id of an organization whose accounts are governed, whatever the baseline says. @default - what it says */
  readonly organization?: string | undefined;
  /** ARNs of operators beside those that the baseline names. @default [] */
  readonly operators?: readonly string[];
  /** Told of each exemption that does nothing. */
  readonly onIdle?: ((sentence: string) => void) | undefined;
  /** Where the assembly goes. @default - what the CDK's command line says, else a temporary folder */
  readonly outdir?: string | undefined;
  /** Whether CloudFormation's own rules are tried on the template, which takes seconds. @default false */
  readonly isValidated?: boolean | undefined;
}

/** The stack of the app. */
export const plumblineIn = (app: App, given: PlumblineIn): PlumblineStack =>
  new PlumblineStack(app, 'Plumbline', stackPropsFor(given));

/** Context that is ours has one name; the CDK's own has a colon, a slash or a dash in it. */
const checkContext = (app: App): void => {
  for (const name of Object.keys(app.node.getAllContext()))
    if (/^\w+$/.test(name) && name !== 'baseline') {
      const hint = didYouMean(name, ['baseline'], 'allowed: baseline');
      throw new UserError(`-c ${name} means nothing here; ${hint}`);
    }
  const named: unknown = app.node.tryGetContext('baseline');
  if (named !== undefined && (typeof named !== 'string' || named.trim() === ''))
    throw new UserError('-c baseline= is empty; give a file, such as -c baseline=plumbline.yaml');
};

/** The CDK app: the catalogue as the baseline wants it, bundled and ready to be synthesised. */
export const createApp = async ({
  baseline: file,
  regions,
  accounts,
  organization: organizationId,
  operators = [],
  onIdle,
  outdir,
  isValidated = false,
}: AppOptions = {}): Promise<App> => {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: isValidated,
    ...(outdir === undefined ? {} : { outdir }),
  });
  checkContext(app);
  const controls = await allControls();
  const named: unknown = app.node.tryGetContext('baseline');
  const path = file ?? (typeof named === 'string' ? named : undefined);
  const written = await baselineAt(path, controls);
  const baseline = withOperators(
    withOrganization(
      withAccounts(withRegions(written, regions), accounts, controls),
      organizationId,
      controls,
    ),
    operators,
  );
  for (const idle of idleExemptions(baseline, controls, new Date())) onIdle?.(idleText(idle));
  const handlers = [
    'evaluate',
    'sweep',
    'heartbeat',
    ...(baseline.configRules ? ['config-rule'] : []),
    ...(planned(controls, baseline).length + hardeningOn(hostControls, baseline).length > 0
      ? ['remediate']
      : []),
    ...(baseline.hosts ? ['audit-hosts', 'host-results'] : []),
    ...(baseline.history ? ['history'] : []),
    ...(baseline.reports ? ['report'] : []),
  ];
  const attestations = baseline.reports ? attestationsBeside(path) : [];
  const own = frameworksBeside(baseline, controls, path);
  const folder = join(app.outdir, 'plumbline');
  const { zip } = await bundle(folder, handlers, baseline, attestations, own);
  const catalogue = { types: resourceTypes, controls };
  plumblineIn(app, { baseline, catalogue, code: Code.fromAsset(zip) });
  const { organization } = baseline;
  if (organization)
    new MembersStack(app, membersStackName, { baseline: { ...baseline, organization }, catalogue });
  return app;
};
