import { join } from 'node:path';
import { App, DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { allControls } from '../controls/index.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { hostControls } from '../hosts/index.ts';
import { resourceTypes } from '../resources/index.ts';
import { baselineAt, withOperators } from './baseline-file.ts';
import { bundle } from './bundle.ts';
import { documentsFor } from './constructs/hosts-documents.ts';
import { carriedOut, hardeningOn, planned } from './events/planned.ts';
import type { Catalogue } from './events/watched.ts';
import { PlumblineStack } from './plumbline-stack.ts';

export interface AppOptions {
  /** @default - `-c baseline=<file>` of the CDK's command line, else plumbline.yaml, else every control */
  readonly baseline?: string | undefined;
  /** ARNs of operators beside those that the baseline names. @default [] */
  readonly operators?: readonly string[];
  /** Where the assembly goes. @default - what the CDK's command line says, else a temporary folder */
  readonly outdir?: string | undefined;
  /** Whether CloudFormation's own rules are tried on the template, which takes seconds. @default false */
  readonly isValidated?: boolean | undefined;
}

export interface PlumblineIn {
  readonly baseline: Baseline;
  readonly catalogue: Catalogue;
  /** The bundled handlers and the baseline, in one file. */
  readonly code: Code;
}

/** The stack for a baseline, with all that the catalogue gives it. */
export const plumblineIn = (app: App, { baseline, catalogue, code }: PlumblineIn): PlumblineStack =>
  new PlumblineStack(app, 'Plumbline', {
    description: 'Plumbline: drift becomes a Security Hub finding within seconds',
    baseline,
    catalogue,
    code,
    documents: baseline.hosts ? documentsFor(baseline.hosts.areas) : [],
    hardening: hardeningOn(hostControls, baseline),
    sent: hardeningOn(carriedOut(hostControls, baseline), baseline),
    // A tenth of what CloudFormation takes, with everything.
    suppressTemplateIndentation: true,
    // The rule asks at deployment for a parameter that the CLI has read already; the local AWS lacks it.
    // Its types do not fit exactOptionalPropertyTypes.
    synthesizer: new DefaultStackSynthesizer({
      generateBootstrapVersionRule: false,
    }) as IStackSynthesizer,
  });

/** The CDK app: the catalogue as the baseline wants it, bundled and ready to be synthesised. */
export const createApp = async ({
  baseline: file,
  operators = [],
  outdir,
  isValidated = false,
}: AppOptions = {}): Promise<App> => {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: isValidated,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const controls = await allControls();
  const named: unknown = app.node.tryGetContext('baseline');
  const written = await baselineAt(
    file ?? (typeof named === 'string' ? named : undefined),
    controls,
  );
  const baseline = withOperators(written, operators);
  const handlers = [
    'evaluate',
    'sweep',
    'heartbeat',
    ...(baseline.configRules ? ['config-rule'] : []),
    ...(planned(controls, baseline).length + hardeningOn(hostControls, baseline).length > 0
      ? ['remediate']
      : []),
    ...(baseline.hosts ? ['audit-hosts', 'host-results'] : []),
  ];
  const { zip } = await bundle(join(app.outdir, 'plumbline'), handlers, baseline);
  plumblineIn(app, {
    baseline,
    catalogue: { types: resourceTypes, controls },
    code: Code.fromAsset(zip),
  });
  return app;
};
