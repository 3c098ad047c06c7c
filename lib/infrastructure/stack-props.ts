import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { hostControls } from '../hosts/index.ts';
import { documentsFor } from './constructs/hosts-documents.ts';
import { carriedOut, hardeningOn } from './events/planned.ts';
import type { Catalogue } from './events/watched.ts';
import type { PlumblineStackProps } from './plumbline-stack.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

export interface PlumblineIn {
  readonly baseline: Baseline;
  readonly catalogue: Catalogue;
  /** The bundled handlers and the baseline, in one file. */
  readonly code: Code;
}

/** What the stack is made of for a baseline, with all that the catalogue gives it. */
export const stackPropsFor = ({ baseline, catalogue, code }: PlumblineIn): PlumblineStackProps => ({
  description: 'Plumbline: drift becomes a Security Hub finding within seconds',
  baseline,
  catalogue,
  code,
  documents: baseline.hosts ? documentsFor(baseline.hosts.areas) : [],
  hardening: hardeningOn(hostControls, baseline),
  sent: hardeningOn(carriedOut(hostControls, baseline), baseline),
  // A tenth of what CloudFormation takes, with everything.
  suppressTemplateIndentation: true,
  synthesizer: withoutBootstrapRule(),
});
