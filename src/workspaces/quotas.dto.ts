import { ApiProperty } from '@nestjs/swagger';
import { type QuotaName, quotaNames, type QuotaUse } from './quotas.ts';

/** A quota of a workspace, and how much of it is used. */
export class QuotaResponse implements QuotaUse {
  @ApiProperty({ enum: quotaNames })
  name!: QuotaName;

  @ApiProperty({ type: 'integer' })
  used!: number;

  @ApiProperty({ type: 'integer' })
  max!: number;
}

/** The quotas of a workspace. */
export class QuotasResponse {
  @ApiProperty({ type: [QuotaResponse] })
  items!: QuotaResponse[];
}
