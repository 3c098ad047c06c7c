import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { allControls } from '../controls/index.ts';
import { idleExemptions, idleText } from '../engine/baseline/idle-exemptions.ts';
import { membersStackName } from '../resources/account/ears-names.ts';
import { resourceTypes } from '../resources/every.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import { attestationsBeside, baselineAt, frameworksBeside, withSaid } from './baseline-file.ts';
import { bundle, everyHandler } from './bundle.ts';
import { MembersStack } from './members-stack.ts';
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
  /**
   * Which stacks: those of the hub, with its ears; that of the StackSets, which stands where these are administered; or
   * both, which nobody deploys in one go. @default - `members` with `-c members=true` on the CDK's command line, else `hub`
   */
  readonly stacks?: 'hub' | 'members' | 'both' | undefined;
  /** Where the assembly goes. @default - what the CDK's command line says, else a temporary folder */
  readonly outdir?: string | undefined;
  /** Whether CloudFormation's own rules are tried on the template, which takes seconds. @default false */
  readonly isValidated?: boolean | undefined;
}

/** The stack of the app. */
export const plumblineIn = (app: App, given: PlumblineIn): PlumblineStack =>
  new PlumblineStack(app, 'Plumbline', stackPropsFor(given));

const ours = ['baseline', 'members'];

/** Context that is ours has one name; the CDK's own has a colon, a slash or a dash in it. */
const checkContext = (app: App): void => {
  for (const name of Object.keys(app.node.getAllContext()))
    if (/^\w+$/.test(name) && !ours.includes(name)) {
      const hint = didYouMean(name, ours, `allowed: ${ours.join(', ')}`);
      throw new UserError(`-c ${name} means nothing here; ${hint}`);
    }
  const named: unknown = app.node.tryGetContext('baseline');
  if (named !== undefined && (typeof named !== 'string' || named.trim() === ''))
    throw new UserError('-c baseline= is empty; give a file, such as -c baseline=plumbline.yaml');
  const members: unknown = app.node.tryGetContext('members');
  if (members !== undefined && members !== 'true')
    throw new UserError(`-c members is ${members}; allowed: -c members=true, or none`);
};

const stacksIn = (app: App): 'hub' | 'members' =>
  app.node.tryGetContext('members') === undefined ? 'hub' : 'members';

type Written = Pick<PlumblineIn, 'baseline' | 'catalogue'>;

/** The stack of the StackSets. */
const membersIn = (app: App, { baseline, catalogue }: Written): void => {
  const { organization } = baseline;
  if (!organization)
    throw new UserError(
      'the baseline names no organization, so that there are no StackSets: leave -c members=true out',
    );
  new MembersStack(app, membersStackName, { baseline: { ...baseline, organization }, catalogue });
};

/** The stacks of the hub, with the handlers as files of the app. */
const hubIn = async (
  app: App,
  { baseline, catalogue }: Written,
  path: string | undefined,
): Promise<void> => {
  const { controls } = catalogue;
  const attestations = baseline.reports ? attestationsBeside(path) : [];
  const own = frameworksBeside(baseline, controls, path);
  const folder = join(app.outdir, 'plumbline');
  const { zip } = await bundle(folder, everyHandler(), baseline, attestations, own);
  plumblineIn(app, { baseline, catalogue, code: Code.fromAsset(zip) });
};

/** The CDK app: the catalogue as the baseline wants it, bundled and ready to be synthesised. */
export const createApp = async ({
  baseline: file,
  regions,
  accounts,
  organization,
  operators,
  stacks,
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
  const baseline = withSaid(written, { regions, accounts, organization, operators }, controls);
  for (const idle of idleExemptions(baseline, controls, new Date())) onIdle?.(idleText(idle));
  const given = { baseline, catalogue: { types: resourceTypes, controls } };
  const which = stacks ?? stacksIn(app);
  if (which !== 'members') await hubIn(app, given, path);
  if (which !== 'hub') membersIn(app, given);
  return app;
};
