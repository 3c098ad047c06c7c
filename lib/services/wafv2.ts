import { defineService } from './service.ts';

/** No type is of it: it is here since it gives others their web ACL, and the local AWS logs such a call. */
export const wafv2 = defineService({
  sdk: () => import('@aws-sdk/client-wafv2'),
  client: ({ WAFV2 }, settings) => new WAFV2(settings),
  iam: 'wafv2',
  // https://docs.aws.amazon.com/waf/latest/developerguide/logging-using-cloudtrail.html
  eventSource: 'wafv2.amazonaws.com',
  kinds: {
    // The scope stands before it; its id is its name and AWS's own: `orders/6d0f…`.
    webacl: {
      arn: 'arn:{partition}:wafv2:{region}:{account}:*/webacl/{id}',
      named: ['WebACLArn'],
    },
  },
  pages: [],
});
