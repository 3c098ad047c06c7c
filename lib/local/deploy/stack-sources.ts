import type { Lambda } from '@aws-sdk/client-lambda';
import type { Schedule } from '../events/schedules.ts';
import type { Mapping } from '../lambda/runner.ts';
import type { LocalFunction } from '../lambda/runner-process.ts';
import { type Asset, folderOf } from './stack-assets.ts';
import { type Deployed, resourcesOf } from './stack-values.ts';

/** The functions as they were deployed, each with the folder of its asset. */
export const functionsIn = (
  stack: Deployed,
  assets: readonly Asset[],
  lambda: Lambda,
): Promise<readonly LocalFunction[]> =>
  Promise.all(
    resourcesOf('AWS::Lambda::Function', stack).map(async ({ id, physicalId, properties }) => {
      const { Configuration } = await lambda.getFunction({ FunctionName: physicalId });
      const { S3Key } = (properties['Code'] ?? {}) as { S3Key?: string };
      const asset = assets.find(({ key }) => key === S3Key);
      if (!asset) throw new Error(`the code of ${id} is not among the assets`);
      return {
        title: Configuration?.Handler?.split('.')[0] ?? id,
        name: physicalId,
        arn: Configuration?.FunctionArn ?? '',
        roleArn: Configuration?.Role ?? '',
        handler: Configuration?.Handler ?? '',
        folder: folderOf(asset),
        timeoutSeconds: Configuration?.Timeout ?? 3,
        memoryMb: Configuration?.MemorySize ?? 128,
        environment: Configuration?.Environment?.Variables ?? {},
        isRecursive: properties['RecursiveLoop'] === 'Allow',
      };
    }),
  );

/** The settings of every event-source mapping. moto has them as well, and takes no message off a queue. */
export const mappingsIn = (stack: Deployed): readonly Mapping[] =>
  resourcesOf('AWS::Lambda::EventSourceMapping', stack).map(({ properties }) => {
    const queueArn = String(properties['EventSourceArn']);
    const scaling = properties['ScalingConfig'] as { MaximumConcurrency?: number } | undefined;
    const answers = (properties['FunctionResponseTypes'] ?? []) as readonly string[];
    return {
      functionName: String(properties['FunctionName']),
      queueArn,
      queueUrl: queueUrl(queueArn, stack),
      batchSize: Number(properties['BatchSize'] ?? 10),
      maxConcurrency: scaling?.MaximumConcurrency ?? 5,
      reportBatchItemFailures: answers.includes('ReportBatchItemFailures'),
    };
  });

const queueUrl = (arn: string, stack: Deployed) => {
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  const queue = resourcesOf('AWS::SQS::Queue', stack).find(({ physicalId }) =>
    physicalId.endsWith(`/${name}`),
  );
  if (!queue) throw new Error(`${arn} is not a queue of the stack`);
  return queue.physicalId;
};

interface Target {
  readonly Arn: string;
  readonly Input?: string;
}
/** The rules with a schedule, which moto does not fire. */
export const schedulesIn = (stack: Deployed): readonly Schedule[] =>
  resourcesOf('AWS::Events::Rule', stack).flatMap(({ id, properties }) => {
    const expression = properties['ScheduleExpression'];
    if (typeof expression !== 'string') return [];
    const targets = (properties['Targets'] ?? []) as readonly Target[];
    return [
      {
        name: id,
        expression,
        targets: targets.map(({ Arn, Input }) => ({
          arn: Arn,
          ...(Arn.split(':')[2] === 'sqs' && { queueUrl: queueUrl(Arn, stack) }),
          ...(Input !== undefined && { input: Input }),
        })),
      },
    ];
  });
