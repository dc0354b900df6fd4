/** Settings of a service that takes requests as fast as they come, for tests and benchmarks that send without a pause. */
export const freeRates = {
  WORKSPACE_REQUESTS_PER_SECOND: '1000000',
  TOKEN_REQUESTS_PER_SECOND: '1000000',
  BACK_END_REQUESTS_PER_SECOND: '1000000',
  ADDRESS_REQUESTS_PER_SECOND: '1000000',
  FAILED_SIGN_INS_PER_MINUTE: '1000000',
} as const;
