/**
 * What AWS leaves a guest of the enhanced flow of what his role allows: a session policy of its own, and the managed
 * AmazonCognitoUnAuthedIdentitiesSessionPolicy (version 4, of 1 May 2026). What either allows stays, or RUM would not work
 * by the one, and S3 not by the other.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html and
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonCognitoUnAuthedIdentitiesSessionPolicy.html,
 * in lower case.
 */
export const sessionActions: readonly string[] = [
  ...['cloudwatch:*', 'logs:*', 'dynamodb:*', 'kinesis:*', 'mobileanalytics:*', 's3:*', 'ses:*'],
  ...['sns:*', 'sqs:*', 'lambda:*', 'machinelearning:*', 'execute-api:*', 'iot:*', 'gamelift:*'],
  ...['cognito-identity:*', 'cognito-idp:*', 'lex:*', 'polly:*', 'comprehend:*', 'translate:*'],
  ...['transcribe:*', 'rekognition:*', 'mobiletargeting:*', 'firehose:*', 'appsync:*'],
  ...['personalize:*', 'sagemaker:invokeendpoint', 'cognito-sync:*', 'codewhisperer:*'],
  ...['textract:detectdocumenttext', 'textract:analyzedocument', 'sdb:*', 'rum:putrumevents'],
  ...['geo:getmap*', 'geo:listmaps', 'geo:searchplaceindex*', 'geo:getplace'],
  ...['geo:calculateroute*', 'geo:*geofence', 'geo:*geofences', 'geo:*deviceposition*'],
  ...['kms:encrypt', 'kms:decrypt', 'kms:reencryptto', 'kms:reencryptfrom', 'kms:generatedatakey'],
  ...['kms:generatedatakeypair', 'kms:generatedatakeypairwithoutplaintext'],
  'kms:generatedatakeywithoutplaintext',
];

/** What apps tell of their use, a guest’s own identity, and what is asked of services that keep nothing of it. */
export const harmless: readonly string[] = [
  ...['rum:putrumevents', 'mobileanalytics:putevents', 'mobiletargeting:putevents'],
  ...['mobiletargeting:updateendpoint', 'cognito-sync:*', 'cognito-identity:getid'],
  ...['cognito-identity:getopenidtoken', 'cognito-identity:getcredentialsforidentity'],
  ...['polly:synthesizespeech', 'polly:describevoices', 'translate:translate*'],
  ...['comprehend:detect*', 'comprehend:batchdetect*', 'rekognition:detect*'],
  ...['rekognition:comparefaces', 'rekognition:recognizecelebrities'],
  ...['transcribe:startstreamtranscription*', 'textract:detectdocumenttext'],
  ...['textract:analyzedocument', 'geo:getmap*', 'geo:listmaps', 'geo:searchplaceindex*'],
  ...['geo:getplace', 'geo:calculateroute*'],
];

/** What reads, tells of use, or asks an interface that decides by itself: harmless of resources that the role names. */
export const harmlessOfNamed: readonly string[] = [
  ...['s3:getobject*', 's3:listbucket*', 's3:getbucketlocation'],
  ...['dynamodb:getitem', 'dynamodb:batchgetitem', 'dynamodb:query', 'dynamodb:scan'],
  ...['dynamodb:describetable', 'dynamodb:conditioncheckitem'],
  ...['appsync:graphql', 'appsync:eventconnect', 'appsync:eventsubscribe', 'execute-api:invoke'],
  ...['iot:connect', 'iot:subscribe', 'iot:receive', 'lex:posttext', 'lex:postcontent'],
  ...['lex:recognize*', 'lex:startconversation', 'lex:getsession', 'lex:putsession'],
  'sagemaker:invokeendpoint',
  ...['personalize:get*', 'kinesis:putrecord', 'kinesis:putrecords', 'firehose:putrecord'],
  'firehose:putrecordbatch',
];
