import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

/** What the stack sets for its functions. */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(`the environment variable ${name} is not set: deploy the stack again`);
  return value;
};

/** DynamoDB, loaded when it is first asked for, as the other clients are. */
export const documentsIn = async (region: string): Promise<DynamoDBDocument> => {
  const [{ DynamoDBClient }, { DynamoDBDocument }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  return DynamoDBDocument.from(new DynamoDBClient({ region, maxAttempts: 3 }), {
    marshallOptions: { removeUndefinedValues: true },
  });
};
