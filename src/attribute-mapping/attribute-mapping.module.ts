import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { ConstraintErrors } from '../errors/constraint-errors.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { ScimModule } from '../scim/scim.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { attributeMappingRule } from './versions/attribute-mapping-rule.table.ts';
import { AttributeMappingController } from './api/attribute-mapping.controller.ts';
import { attributeMapping } from './versions/attribute-mapping.table.ts';
import { AttributeMappingService, mappingChanged } from './versions/attribute-mapping.service.ts';
import { AttributeSourcesService } from './suggestions/attribute-sources.service.ts';
import { ConfigurationService } from './versions/configuration.service.ts';
import { MappedExtensions } from './versions/mapped-extensions.ts';
import { MappedProperties } from './versions/mapped-properties.ts';
import { MappingHistoryController } from './versions/mapping-history.controller.ts';
import { MappingHistoryService } from './versions/mapping-history.service.ts';
import { MappingPreviewService } from './preview/mapping-preview.service.ts';

/** The attribute mapping: rules that bring SCIM attributes to member fields and properties. */
@Module({
  imports: [
    AuditModule,
    MemberDirectoryModule,
    ScimModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([attributeMapping.entity, attributeMappingRule.entity]),
  ],
  controllers: [AttributeMappingController, MappingHistoryController],
  providers: [
    AttributeMappingService,
    MappingHistoryService,
    ConfigurationService,
    MappedExtensions,
    MappedProperties,
    AttributeSourcesService,
    MappingPreviewService,
  ],
  exports: [AttributeMappingService],
})
export class AttributeMappingModule {
  constructor(constraints: ConstraintErrors) {
    constraints.register({ constraint: 'attribute_mapping_pkey', toError: mappingChanged });
  }
}
