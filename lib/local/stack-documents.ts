import type { SSM } from '@aws-sdk/client-ssm';
import { type Deployed, resourcesOf } from './stack-values.ts';

/** moto gives a document of a stack a name of its own and keeps what it says as an object: it is made again by API. */
export const documents = (stack: Deployed, ssm: SSM) =>
  Promise.all(
    resourcesOf('AWS::SSM::Document', stack).map(({ properties }) =>
      ssm.createDocument({
        Name: String(properties['Name']),
        Content: JSON.stringify(properties['Content']),
        DocumentFormat: 'JSON',
        DocumentType: 'Command',
      }),
    ),
  );
