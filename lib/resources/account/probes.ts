import type { Reader } from '../../model/resource-type.ts';

/**
 * What each region has, by services that are unlike each other and that a policy for regions leaves in force: of the
 * services that such policies usually except (IAM, KMS, S3, CloudFront and others) none is asked.
 * https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html
 */
export const probeActions = [
  'ec2:DescribeNetworkInterfaces',
  'sqs:ListQueues',
  'lambda:ListFunctions',
] as const;

/** How services answer where the account has not enabled the region: they know no credentials of it. */
const notEnabledNames: readonly string[] = [
  'AuthFailure',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
];
export const isNotEnabled = (error: unknown): boolean =>
  error instanceof Error && notEnabledNames.includes(error.name);

/** What a service answers to what may not be done at all; credentials that are old or wrong say nothing of a region. */
const isRefusal = (error: unknown): error is Error => {
  if (!(error instanceof Error) || error.name === 'NotEnteredError') return false;
  return (
    isNotEnabled(error) || /^(AccessDenied|UnauthorizedOperation|OptInRequired)/.test(error.name)
  );
};

/** How a call is refused; `undefined` where it is answered. Throws whatever may pass. */
const refusalOf = async (call: Promise<unknown>): Promise<string | undefined> => {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error.message || error.name;
    throw error;
  }
};

/**
 * Whether anything can be reached there: whatever has an address in a network has an interface. One page tells it; a page
 * that is empty and is not the last says nothing.
 */
export const hasInterfaces = async (reader: Reader): Promise<boolean> => {
  const { NetworkInterfaces = [], NextToken } = await reader.call(
    'ec2',
    'describeNetworkInterfaces',
    { MaxResults: 5 },
  );
  return NetworkInterfaces.length > 0 || (NextToken ?? '') !== '';
};

/** How a region refuses all that it is asked; `undefined` where one service answers, and then no other is asked. */
export const refusalOfAll = async (reader: Reader): Promise<string | undefined> => {
  const asked = [
    () => hasInterfaces(reader),
    () => reader.call('sqs', 'listQueues', { MaxResults: 1 }),
    () => reader.call('lambda', 'listFunctions', { MaxItems: 1 }),
  ];
  const refusals: string[] = [];
  for (const ask of asked) {
    const refusal = await refusalOf(ask());
    if (refusal === undefined) return undefined;
    refusals.push(refusal);
  }
  return refusals[0];
};
