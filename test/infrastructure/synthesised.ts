import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { allControls } from '../../lib/controls/index.ts';
import { parseBaseline } from '../../lib/engine/baseline/baseline.ts';
import { type Watched, watched } from '../../lib/infrastructure/events/watched.ts';
import { PlumblineStack } from '../../lib/infrastructure/plumbline-stack.ts';
import { resourceTypes } from '../../lib/resources/index.ts';

/** The real catalogue under a baseline, and the stack that comes of it. */
export const synthesised = async (yaml = '{}') => {
  const controls = await allControls();
  const catalogue = { types: resourceTypes, controls };
  const baseline = parseBaseline(yaml, 'plumbline.yaml', controls);
  const stack = new PlumblineStack(
    new App({ analyticsReporting: false, builtinCloudFormationValidation: false }),
    'Plumbline',
    {
      baseline,
      catalogue,
      code: Code.fromInline('exports.handler = () => {}'),
    },
  );
  const all: readonly Watched[] = watched(catalogue, baseline);
  return { stack, template: Template.fromStack(stack), watched: all };
};

export const nagged = (stack: PlumblineStack): readonly string[] =>
  new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
