import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import {
  type ConfigRuleEvent,
  evaluateForConfig,
} from '../lib/pipeline/evaluate/config-evaluation.ts';
import { runtimeFor } from '../lib/pipeline/runtime/create-runtime.ts';
import { makeReady } from '../lib/pipeline/runtime/make-ready.ts';

const logger = new Logger({ serviceName: 'config-rule' });

await makeReady(['config', 'securityhub', 's3', 's3control', 'ec2', 'iam', 'rds']);

/** A custom rule of AWS Config asks: the same evaluation, answered to Config as well. */
export const handler = middy<ConfigRuleEvent>().handler(
  async (event: ConfigRuleEvent, { invokedFunctionArn }: Context) => {
    const evaluation = await evaluateForConfig(event, await runtimeFor(invokedFunctionArn));
    logger.info('answered', {
      rule: event.configRuleName,
      resourceType: evaluation?.ComplianceResourceType,
      resourceId: evaluation?.ComplianceResourceId,
      compliance: evaluation?.ComplianceType ?? 'nothing to say',
    });
  },
);
