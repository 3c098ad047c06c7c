import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { allControls } from '../../lib/controls/index.ts';
import { plumblineIn } from '../../lib/infrastructure/app.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { type Catalogue, type Watched, watched } from '../../lib/infrastructure/events/watched.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { quietApp } from './quiet-app.ts';

const made = new Map<string, ReturnType<typeof synthesise>>();
/** The real catalogue, or one that has grown, under a baseline, and the stack that comes of it; made once for a baseline. */
export const synthesised = (yaml = '{}', grown?: Catalogue) => {
  if (grown) return synthesise(yaml, grown);
  const known = made.get(yaml) ?? synthesise(yaml);
  made.set(yaml, known);
  return known;
};

const synthesise = async (yaml: string, grown?: Catalogue) => {
  const catalogue = grown ?? { types: resourceTypes, controls: await allControls() };
  const { controls } = catalogue;
  const baseline = baselineFrom(yaml, 'plumbline.yaml', controls);
  const app = quietApp();
  const stack = plumblineIn(app, {
    baseline,
    catalogue,
    code: Code.fromInline('exports.handler = () => {}'),
  });
  const all: readonly Watched[] = watched(catalogue, baseline);
  const template = Template.fromStack(stack);
  const file = () => join(app.synth().directory, stack.templateFile);
  return { stack, template, watched: all, file };
};

export const nagged = (stack: Stack): readonly string[] =>
  new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
