import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, Equals, IsArray, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { propertiesMax } from '../../member-directory/properties/properties.service.ts';
import { NewPropertyDto, PropertyResponse } from '../../member-directory/properties/property.dto.ts';
import { RuleResponse, RulesDto } from './attribute-mapping.dto.ts';

/** The format of the document. A later format that this code cannot read gets another number. */
export const configurationFormat = 1;

/** Body of `POST /api/attribute-mapping/import`: properties and rules as the export gave them, or written by hand. */
export class ConfigurationDto extends RulesDto {
  @ApiPropertyOptional({ type: 'integer', enum: [configurationFormat] })
  @IsOptional()
  @Equals(configurationFormat, { message: `must be ${configurationFormat}` })
  format?: number;

  @ApiPropertyOptional({
    type: [NewPropertyDto],
    maxItems: propertiesMax,
    description:
      'Matched by key: missing properties are created, existing ones get the name and the options.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(propertiesMax)
  @ValidateNested({ each: true })
  @Type(() => NewPropertyDto)
  properties?: NewPropertyDto[];

  @ApiPropertyOptional({ description: 'Only reports what would be done.', default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  dryRun?: boolean;
}

class ExportedPropertyResponse extends OmitType(PropertyResponse, ['id'] as const) {}

/** Answer of `GET /api/attribute-mapping/export`. */
export class ConfigurationResponse {
  @ApiProperty({ type: 'integer' })
  format!: number;

  @ApiProperty({ type: [ExportedPropertyResponse] })
  properties!: ExportedPropertyResponse[];

  @ApiProperty({ type: [RuleResponse] })
  rules!: RuleResponse[];
}

/** Answer of `POST /api/attribute-mapping/import`: the keys of the properties, and the version of the rules. */
export class ImportedConfigurationResponse {
  @ApiProperty({ description: 'Whether it was saved. False after a dry run.' })
  saved!: boolean;

  @ApiProperty({ type: [String] })
  propertiesCreated!: string[];

  @ApiProperty({ type: [String] })
  propertiesChanged!: string[];

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ description: 'Whether the rules differ from the previous ones.' })
  rulesChanged!: boolean;
}
