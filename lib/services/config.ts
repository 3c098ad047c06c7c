import { defineService } from './service.ts';

export const config = defineService({
  sdk: () => import('@aws-sdk/client-config-service'),
  client: ({ ConfigService }, settings) => new ConfigService(settings),
  iam: 'config',
  eventSource: 'config.amazonaws.com',
  kinds: {
    // Its id is the recorder's name and id, with a slash between.
    ConfigurationRecorder: {
      arn: 'arn:{partition}:config:{region}:{account}:configuration-recorder/{id}',
      type: 'AWS::Config::ConfigurationRecorder',
    },
  },
  pages: [],
});
