import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';
import { ReadableName } from '../../http/validation/readable-name.ts';
import { type HideablePart, hideableParts } from './hideable-parts.ts';
import { logoUrlLengthMaxChars } from './logo.ts';

export const brandNameLengthMaxChars = 100;
export const fontFamilyLengthMaxChars = 200;
export const radiusMaxPx = 24;
const supportUrlLengthMaxChars = 2_000;
const accentLengthMaxChars = 7;

/** How the settings screen looks like a part of the product. What is absent or null is as without it. */
export class BrandingDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: brandNameLengthMaxChars,
    description:
      'What the screen calls your product, in place of `PRODUCT_NAME`, which mails and answers of the API go on to say.',
  })
  @IsOptional()
  @ReadableName({ lengthMaxChars: brandNameLengthMaxChars })
  productName?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: logoUrlLengthMaxChars,
    description:
      'A PNG, WebP or plain SVG of at most 64 kB, as a `data:` URL in base64. An SVG must hold no scripts and no references to elsewhere.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(logoUrlLengthMaxChars)
  logo?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: accentLengthMaxChars,
    example: '#0b7285',
    description:
      'The colour of buttons and links, `#rrggbb`. White text on it, and it as text on white, must have a contrast of 4.5 : 1; what has less is refused with the nearest that has. The dark theme gets its own shades of it.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(accentLengthMaxChars)
  accentColor?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: fontFamilyLengthMaxChars,
    example: '"Source Sans 3", system-ui, sans-serif',
    description: 'Names of fonts that the machine of the reader has, separated by commas. No font is loaded.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(fontFamilyLengthMaxChars)
  fontFamily?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: radiusMaxPx,
    description: 'How round corners are, in pixels.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(radiusMaxPx)
  radius?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: supportUrlLengthMaxChars,
    description: 'Where admins get help: `https://…` or `mailto:…`.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(supportUrlLengthMaxChars)
  supportUrl?: string | null;

  @ApiPropertyOptional({
    enum: hideableParts,
    isArray: true,
    default: [],
    description: 'Pages and parts that the screen leaves out. It tidies up and protects nothing.',
  })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(hideableParts.length)
  @IsIn(hideableParts, { each: true })
  hide: HideablePart[] = [];
}

/** How the settings screen looks. */
export class BrandingResponse {
  @ApiProperty({ type: String, nullable: true })
  productName!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'A `data:` URL.' })
  logo!: string | null;

  @ApiProperty({ type: String, nullable: true })
  accentColor!: string | null;

  @ApiProperty({ type: String, nullable: true })
  fontFamily!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  radius!: number | null;

  @ApiProperty({ type: String, nullable: true })
  supportUrl!: string | null;

  @ApiProperty({ enum: hideableParts, isArray: true })
  hide!: HideablePart[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: nothing was set yet.',
  })
  updatedAt!: string | null;
}
