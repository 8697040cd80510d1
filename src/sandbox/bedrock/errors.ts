import { jsonReply, type Reply } from '../http.ts';

/** The service puts this after the name, so a client that compares the whole header is wrong. */
const TYPE_SUFFIX = ':http://internal.amazon.com/coral/com.amazon.bedrock/';

export interface ServiceError {
  readonly type: string;
  readonly status: number;
  readonly message: string;
  /** Further members of the body. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

export const validation = (message: string): ServiceError => ({ type: 'ValidationException', status: 400, message });

/** How the service's schema check speaks of one violation. */
export const malformed = (violation: string): ServiceError =>
  validation(`Malformed input request: ${violation}, please reformat your input and try again.`);

/** How the models themselves speak of fields: the message is JSON. */
export const modelComplaint = (detail: string): ServiceError => validation(JSON.stringify({ detail }));

export const UNKNOWN_MODEL = validation('The provided model identifier is invalid.');

/** Of the control plane; the service's own words are not known. */
export const NO_SUCH_MODEL: ServiceError = {
  type: 'ResourceNotFoundException',
  status: 404,
  message: 'The model was not found.',
};

export const END_OF_LIFE: ServiceError = {
  type: 'ResourceNotFoundException',
  status: 404,
  message: 'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
};

/** The apostrophe is U+2019, as the service writes it. */
export const profileOnly = (modelId: string): ServiceError =>
  validation(
    `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
  );

export const THROTTLED: ServiceError = {
  type: 'ThrottlingException',
  status: 429,
  message: 'Too many requests, please wait before trying again.',
};

/** The same token again for something else; that it is this was not seen. */
export const CONFLICT: ServiceError = {
  type: 'ConflictException',
  status: 400,
  message: 'The provided client request token was already used with other parameters.',
};

export const INVALID_OUTPUT = validation('Invalid Output Config/Credentials');

export const QUOTA: ServiceError = {
  type: 'ServiceQuotaExceededException',
  status: 400,
  message: 'Your request exceeds the service quota for your account.',
};
export const NO_ACCESS: ServiceError = {
  type: 'AccessDeniedException',
  status: 403,
  message: "You don't have access to the model with the specified model ID.",
};
export const NOT_READY: ServiceError = {
  type: 'ModelNotReadyException',
  status: 429,
  message: 'The model specified in the request is not ready to serve inference requests.',
};
export const INTERNAL: ServiceError = {
  type: 'InternalServerException',
  status: 500,
  message: 'An internal server error occurred. Retry your request.',
};
export const UNAVAILABLE: ServiceError = {
  type: 'ServiceUnavailableException',
  status: 503,
  message: 'The service is currently unavailable.',
};

/** Whether the service says 413 or 400 is not known; a gateway in front of it says 413. */
export const TOO_LARGE: ServiceError = { type: 'RequestEntityTooLargeException', status: 413, message: 'Request Entity Too Large' };

export const UNKNOWN_OPERATION: ServiceError = { type: 'UnknownOperationException', status: 404, message: 'Unknown operation' };

export function errorReply(error: ServiceError, requestId: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const reply = jsonReply(
    error.status,
    { message: error.message, ...error.fields },
    { 'x-amzn-errortype': `${error.type}${TYPE_SUFFIX}`, 'x-amzn-requestid': requestId, ...headers },
  );
  return { ...reply, note: { error: error.type, message: error.message } };
}
