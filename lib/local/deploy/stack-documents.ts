import type { SSM } from '@aws-sdk/client-ssm';
import { type Deployed, resourcesOf } from './stack-values.ts';

/** moto keeps what a stack's document says as an object, where SSM keeps a text: it is made again by API. */
export const documents = (stack: Deployed, ssm: SSM) =>
  Promise.all(
    resourcesOf('AWS::SSM::Document', stack).map(async ({ physicalId, properties }) => {
      await ssm.deleteDocument({ Name: physicalId });
      await ssm.createDocument({
        Name: String(properties['Name']),
        Content: JSON.stringify(properties['Content']),
        DocumentFormat: 'JSON',
        DocumentType: 'Command',
      });
    }),
  );
