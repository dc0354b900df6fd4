// Made by "npm run api-types" from openapi.json. Do not edit.

export interface paths {
    "/operator/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Operator_list"];
        put?: never;
        /**
         * Make a workspace
         * @description A product key needs the scope `workspaces:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Operator_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a workspace
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Operator_get"];
        /**
         * Make or change a workspace
         * @description A product key needs the scope `workspaces:write`.
         */
        put: operations["Operator_put"];
        post?: never;
        /** Erase a workspace */
        delete: operations["Operator_erase"];
        options?: never;
        head?: never;
        /**
         * Change a workspace
         * @description A product key needs the scope `workspaces:write`.
         */
        patch: operations["Operator_update"];
        trace?: never;
    };
    "/operator/workspaces/{id}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the quotas of a workspace
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Operator_showQuotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the seats of a workspace
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Operator_showSeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/admin-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link that signs an admin in
         * @description A product key needs the scope `links:create`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Operator_createAdminLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how long data are kept
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Retention_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how long data are kept */
        patch: operations["Retention_update"];
        trace?: never;
    };
    "/operator/workspaces/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of a workspace
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["OperatorSessions_list"];
        put?: never;
        post?: never;
        /**
         * End the sessions of a workspace or admin
         * @description A product key needs the scope `workspaces:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        delete: operations["OperatorSessions_endAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session of a workspace
         * @description A product key needs the scope `workspaces:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        delete: operations["OperatorSessions_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List erased workspaces
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Erasures_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show whose assertions sign admins in */
        get: operations["Identity_get"];
        /** Set whose assertions sign admins in */
        put: operations["Identity_put"];
        post?: never;
        /** Let only admin links sign in */
        delete: operations["Identity_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/embedding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show who may embed the settings screen */
        get: operations["Embedding_get"];
        /** Set who may embed the settings screen */
        put: operations["Embedding_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/branding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the look of the settings screen */
        get: operations["Branding_get"];
        /** Set the look of the settings screen */
        put: operations["Branding_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List product keys */
        get: operations["ProductKeys_list"];
        put?: never;
        /**
         * Make a product key
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["ProductKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a product key */
        get: operations["ProductKeys_get"];
        put?: never;
        post?: never;
        /** Revoke a product key */
        delete: operations["ProductKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the secret of a product key */
        post: operations["ProductKeys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles of members */
        get: operations["Roles_list"];
        /** Declare the roles of members */
        put: operations["Roles_declare"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/access-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether somebody may use the product
         * @description A product key needs the scope `members:read`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["AccessChecks_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/digest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that a copy of the members is right
         * @description A product key needs the scope `members:read`.
         */
        get: operations["Digest_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the members: what happened, in order
         * @description A product key needs the scope `events:read`.
         */
        get: operations["Events_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make or change many members
         * @description A product key needs the scope `members:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["MemberBatch_write"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look members up
         * @description A product key needs the scope `members:read`.
         */
        get: operations["ProductMembers_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a member to the product
         * @description A product key needs the scope `members:read`.
         */
        get: operations["ProductMembers_get"];
        /**
         * Make or change a member
         * @description A product key needs the scope `members:write`.
         */
        put: operations["ProductMembers_put"];
        post?: never;
        /**
         * Remove a member for the product
         * @description A product key needs the scope `members:write`.
         */
        delete: operations["ProductMembers_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/{member}/exclude": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a person out of synchronization
         * @description A product key needs the scope `members:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["ProductMembers_exclude"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/{member}/include": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a person back into synchronization
         * @description A product key needs the scope `members:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["ProductMembers_include"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/sync-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a synchronization for the product
         * @description A product key needs the scope `runs:write`.
         */
        get: operations["ProductRuns_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Synchronize now for the product
         * @description A product key needs the scope `runs:write`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["ProductRuns_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/sync-runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a run to the product
         * @description A product key needs the scope `runs:write`.
         */
        get: operations["ProductRuns_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/events/{event}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what the product did about an event
         * @description A product key needs the scope `events:read`. Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Receipts_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read everything at one moment
         * @description A product key needs the scope `members:read`.
         */
        get: operations["Snapshot_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["Webhooks_list"];
        put?: never;
        /**
         * Make a webhook
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/webhooks/{hook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a webhook */
        get: operations["Webhooks_get"];
        put?: never;
        post?: never;
        /** Delete a webhook */
        delete: operations["Webhooks_remove"];
        options?: never;
        head?: never;
        /** Change, disable or enable a webhook */
        patch: operations["Webhooks_update"];
        trace?: never;
    };
    "/operator/webhooks/{hook}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the secret of a webhook */
        post: operations["Webhooks_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/webhooks/{hook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Webhooks_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/webhooks/{hook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of a webhook */
        get: operations["Webhooks_listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/webhooks/{hook}/deliveries/{delivery}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["Webhooks_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/{member}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a person
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["PersonalData_eraseMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/directory-users/{user}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a person of the directory
         * @description Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.
         */
        post: operations["PersonalData_eraseDirectoryUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/members/{member}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export everything about a person */
        get: operations["PersonalData_exportMember"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/directory-users/{user}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export everything about a person of the directory */
        get: operations["PersonalData_exportDirectoryUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the audit logs of all workspaces
         * @description A product key needs the scope `audit:read`.
         */
        get: operations["AuditAccess_ofAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/audit/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the end of the audit log of the installation */
        get: operations["AuditAccess_headOfInstallation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the audit log of a workspace
         * @description A product key needs the scope `audit:read`.
         */
        get: operations["AuditAccess_ofOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/workspaces/{id}/audit/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the end of the audit log of a workspace
         * @description A product key needs the scope `audit:read`.
         */
        get: operations["AuditAccess_headOfOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what needs somebody
         * @description A product key needs the scope `workspaces:read`.
         */
        get: operations["Attention_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        CreateWorkspaceDto: {
            /** @example Example AG */
            name: string;
            /** @description Your own id for it, unique among workspaces: every path takes `ext:` and this id. */
            externalId?: string | null;
        };
        SeatLimitResponse: {
            /** @description How many members may be active. */
            limit: number;
            /**
             * @description `hold`: people who find no seat wait for one. `allow`: they become members, and you are told.
             * @enum {string}
             */
            beyond: "hold" | "allow";
        };
        WorkspaceResponse: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Short, unique name. */
            slug: string;
            /** @description Your own id for it. */
            externalId: string | null;
            entitled: boolean;
            /** @description For trying things out. */
            sandbox: boolean;
            /** @enum {string} */
            state: "not_entitled" | "inactive" | "active";
            /**
             * Format: date-time
             * @description The workspace lost its entitlement. If it gets it back before this time, everything continues, API tokens included.
             */
            suspendedUntil: string | null;
            /** @description How many members may be active; null: as many as there are. */
            seats: components["schemas"]["SeatLimitResponse"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        NeedResponse: {
            /**
             * @description Names it for good; new ones may come.
             * @example held-removals
             */
            code: string;
            /** @description In the language of the request. */
            text: string;
            /** @description How many people it is about. */
            count: number | null;
            /**
             * Format: date-time
             * @description Since when it is so; for what is to come, when it comes.
             */
            at: string;
        };
        WorkspaceHealthResponse: {
            /** @description The most important one first; empty: all is well. */
            needs: components["schemas"]["NeedResponse"][];
            /** Format: date-time */
            lastContactAt: string | null;
        };
        ListedWorkspaceResponse: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Short, unique name. */
            slug: string;
            /** @description Your own id for it. */
            externalId: string | null;
            entitled: boolean;
            /** @description For trying things out. */
            sandbox: boolean;
            /** @enum {string} */
            state: "not_entitled" | "inactive" | "active";
            /**
             * Format: date-time
             * @description The workspace lost its entitlement. If it gets it back before this time, everything continues, API tokens included.
             */
            suspendedUntil: string | null;
            /** @description How many members may be active; null: as many as there are. */
            seats: components["schemas"]["SeatLimitResponse"] | null;
            /** Format: date-time */
            createdAt: string;
            /** @description With `include=health`. */
            health?: components["schemas"]["WorkspaceHealthResponse"];
        };
        WorkspacePageResponse: {
            items: components["schemas"]["ListedWorkspaceResponse"][];
            nextCursor: string | null;
        };
        PutWorkspaceDto: {
            /** @example Example AG */
            name: string;
            /** @description Whether this workspace may use user provisioning. Absent: it stays; of a new one false. */
            entitled?: boolean;
            /** @description Whether it is for trying things out. Absent: it stays; of a new one false. */
            sandbox?: boolean;
        };
        SeatsDto: {
            /** @description How many members may be active. */
            limit: number;
            /**
             * @description `hold`: people who find no seat wait for one. `allow`: they become members, and you are told. Absent: "hold".
             * @enum {string}
             */
            beyond?: "hold" | "allow";
        };
        UpdateWorkspaceDto: {
            name?: string;
            /** @description Whether this workspace may use user provisioning. */
            entitled?: boolean;
            /** @description Whether this workspace is for trying things out. Its admin may then let a simulated identity provider fill it. */
            sandbox?: boolean;
            /** @description Your own id for it. Null takes it away. */
            externalId?: string | null;
            /** @description How many members may be active. Null takes the limit away. */
            seats?: components["schemas"]["SeatsDto"] | null;
        };
        QuotaResponse: {
            /** @enum {string} */
            name: "users" | "groups" | "members" | "logMegabytesToday";
            used: number;
            max: number;
        };
        QuotasResponse: {
            items: components["schemas"]["QuotaResponse"][];
        };
        SeatUseResponse: {
            /** @description How many members may be active. */
            limit: number;
            /**
             * @description `hold`: people who find no seat wait for one. `allow`: they become members, and you are told.
             * @enum {string}
             */
            beyond: "hold" | "allow";
            /** @description Active members: each has a seat. */
            used: number;
            /** @description People who wait for a seat. */
            waiting: number;
        };
        SeatsResponse: {
            /** @description Null: as many members may be active as there are. */
            seats: components["schemas"]["SeatUseResponse"] | null;
        };
        CreateAdminLinkDto: {
            /** Format: email */
            email: string;
            /**
             * @description What they may do: an `owner` everything; an `editor` all but API tokens, OAuth clients, sessions of others, the roles of members, activating and deactivating; a `viewer` looks only. Absent: "owner".
             * @enum {string}
             */
            role?: "owner" | "editor" | "viewer";
            /** @description The page that the link opens, below `/settings/`, such as `user-provisioning/synchronize`. Absent: "user-provisioning". */
            path?: string;
            /** @description What they are called. */
            name?: string;
            /**
             * @description The language of the screen, as a tag of BCP 47. Where the screen does not speak it, the browser of the admin decides.
             * @example de-AT
             */
            locale?: string;
            /**
             * @description The theme of the screen; `auto` is that of the browser.
             * @enum {string}
             */
            colorScheme?: "light" | "dark" | "auto";
            /**
             * Format: uri
             * @description Where the screen leads back to your product. Its origin must be one of `PUT /operator/embedding`.
             */
            returnUrl?: string;
        };
        AdminLinkResponse: {
            /**
             * Format: uri
             * @description Carries the code in its fragment, which no server log sees.
             */
            url: string;
            code: string;
            /**
             * Format: uuid
             * @description The workspace that it opens.
             */
            workspaceId: string;
            /** @description Your own id for that workspace. */
            workspaceExternalId: string | null;
            /** Format: date-time */
            expiresAt: string;
        };
        RetentionResponse: {
            removedMembersDays: number | null;
            historyDays: number | null;
            changesDays: number | null;
            auditDays: number | null;
        };
        UpdateRetentionDto: {
            /** @description Members who were removed, from then on. */
            removedMembersDays?: number | null;
            /** @description What the identity provider changed, field by field. */
            historyDays?: number | null;
            /** @description Runs and what they changed, after they ended. */
            changesDays?: number | null;
            /** @description The audit log. Its chain still holds from the oldest record that is kept. */
            auditDays?: number | null;
        };
        ListedSessionResponse: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description When it ends at the latest.
             */
            expiresAt: string;
            /** @description The browser or program that opened it. */
            userAgent: string | null;
            /** @description The network address that it was opened from. */
            address: string | null;
            /** @description Whether it is the session of this request. */
            isCurrent: boolean;
        };
        ListedSessionPageResponse: {
            items: components["schemas"]["ListedSessionResponse"][];
            nextCursor: string | null;
        };
        EndedSessionsResponse: {
            ended: number;
        };
        ErasedCountsResponse: {
            /** @description People that the identity provider had sent. */
            users: number;
            /** @description Groups that the identity provider had sent. */
            groups: number;
            /** @description Members, deactivated and removed ones too. */
            members: number;
        };
        ErasureResponse: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The id that the workspace had.
             */
            workspaceId: string;
            /** @description Your own id that the workspace had. */
            workspaceExternalId: string | null;
            /** Format: date-time */
            at: string;
            /**
             * @description Who did it.
             * @enum {string}
             */
            by: "operator";
            /** @description What the operator token was called. */
            byName: string | null;
            erased: components["schemas"]["ErasedCountsResponse"];
        };
        ErasurePageResponse: {
            items: components["schemas"]["ErasureResponse"][];
            nextCursor: string | null;
        };
        IdentityResponse: {
            issuer: string;
            /** Format: uri */
            jwksUri: string;
            audience: string;
            /** Format: date-time */
            updatedAt: string;
        };
        IdentityDto: {
            /** @description The `iss` of each assertion. */
            issuer: string;
            /**
             * Format: uri
             * @description Where the public keys are, as a JSON Web Key Set: https, or http on the machine that the service runs on. They are kept for 10 minutes, and read again when an assertion names another.
             */
            jwksUri: string;
            /** @description The `aud` of each assertion. */
            audience: string;
        };
        EmbeddingResponse: {
            origins: string[];
            returnOrigins: string[];
            /**
             * Format: date-time
             * @description null: nothing was set yet.
             */
            updatedAt: string | null;
        };
        EmbeddingDto: {
            /**
             * @description Origins whose pages may show the screen in a frame: `https://` and a host, with a port where there is one, and nothing behind it. `http://` for the machine of the browser alone. None: nobody may.
             * @example [
             *       "https://app.example"
             *     ]
             */
            origins: string[];
            /** @description Further origins that the `returnUrl` of an admin link may lead to; those of `origins` always may. Absent: []. */
            returnOrigins?: string[];
        };
        BrandingResponse: {
            productName: string | null;
            /** @description A `data:` URL. */
            logo: string | null;
            accentColor: string | null;
            fontFamily: string | null;
            radius: number | null;
            supportUrl: string | null;
            hide: ("header" | "navigation" | "members" | "properties" | "groups" | "log" | "audit-log" | "notifications" | "sessions" | "api-docs")[];
            /**
             * Format: date-time
             * @description null: nothing was set yet.
             */
            updatedAt: string | null;
        };
        BrandingDto: {
            /** @description What the screen calls your product, in place of `PRODUCT_NAME`, which mails and answers of the API go on to say. */
            productName?: string | null;
            /** @description A PNG, WebP or plain SVG of at most 64 kB, as a `data:` URL in base64. An SVG must hold no scripts and no references to elsewhere. */
            logo?: string | null;
            /**
             * @description The colour of buttons and links, `#rrggbb`. White text on it, and it as text on white, must have a contrast of 4.5 : 1; what has less is refused with the nearest that has. The dark theme gets its own shades of it.
             * @example #0b7285
             */
            accentColor?: string | null;
            /**
             * @description Names of fonts that the machine of the reader has, separated by commas. No font is loaded.
             * @example "Source Sans 3", system-ui, sans-serif
             */
            fontFamily?: string | null;
            /** @description How round corners are, in pixels. */
            radius?: number | null;
            /** @description Where admins get help: `https://…` or `mailto:…`. */
            supportUrl?: string | null;
            /** @description Pages and parts that the screen leaves out. It tidies up and protects nothing. Absent: []. */
            hide?: ("header" | "navigation" | "members" | "properties" | "groups" | "log" | "audit-log" | "notifications" | "sessions" | "api-docs")[];
        };
        KeySecretResponse: {
            /** @description The first characters of the secret. */
            prefix: string;
            /** @description The last four characters of the secret. */
            lastFour: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null: it does not end.
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
        };
        KeyHistoryResponse: {
            /** @enum {string} */
            action: "made" | "rotated" | "revoked";
            /** Format: date-time */
            at: string;
        };
        ProductKeyResponse: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("events:read" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "links:create" | "runs:write" | "audit:read")[];
            /** @description The workspaces that it is limited to. Null: all, those of the future too. */
            workspaceIds: string[] | null;
            /** @description The first characters of the secret. */
            prefix: string;
            /** @description The last four characters of the secret. */
            lastFour: string;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** @description The secrets that work, the newest first: more than one while a rotation overlaps. */
            secrets: components["schemas"]["KeySecretResponse"][];
            /** @description What happened to it, the newest first; of a revoked key, too. Only the operator token can do any of it. */
            history: components["schemas"]["KeyHistoryResponse"][];
        };
        ProductKeyPageResponse: {
            items: components["schemas"]["ProductKeyResponse"][];
            nextCursor: string | null;
        };
        CreateProductKeyDto: {
            /** @example Back end */
            name: string;
            /** @description What the key may do; it may do nothing else. */
            scopes: ("events:read" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "links:create" | "runs:write" | "audit:read")[];
            /** @description The workspaces that it is limited to, each by its id or as `ext:` and your own id. Absent: all, those of the future too. */
            workspaceIds?: string[] | null;
            /**
             * Format: date-time
             * @description Absent: never.
             */
            expiresAt?: string | null;
        };
        IssuedProductKeyResponse: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("events:read" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "links:create" | "runs:write" | "audit:read")[];
            /** @description The workspaces that it is limited to. Null: all, those of the future too. */
            workspaceIds: string[] | null;
            /** @description The first characters of the secret. */
            prefix: string;
            /** @description The last four characters of the secret. */
            lastFour: string;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** @description The secrets that work, the newest first: more than one while a rotation overlaps. */
            secrets: components["schemas"]["KeySecretResponse"][];
            /** @description What happened to it, the newest first; of a revoked key, too. Only the operator token can do any of it. */
            history: components["schemas"]["KeyHistoryResponse"][];
            /** @description Shown this once. */
            secret: string;
        };
        RotateProductKeyDto: {
            /** @description How many hours the old secret keeps working. Absent: 24. */
            overlapHours?: number;
        };
        RoleGroupOfMemberResponse: {
            /** Format: uuid */
            groupId: string;
            name: string;
        };
        RoleNameResponse: {
            en: string;
            de: string;
        };
        MemberRoleResponse: {
            /** @description What rules, members and events call it; it never changes. */
            key: string;
            name: components["schemas"]["RoleNameResponse"];
            /** @description Of several roles that a person would have, the one with the highest rank counts. */
            rank: number;
            /** @description Whether it is given with care: nobody gains it by a run that no admin started, unless the workspace says otherwise, and no run takes it from the last who has such a role. */
            privileged: boolean;
            /** @description How many active members of a workspace may have it; null: any number. */
            max: number | null;
        };
        MemberRolesResponse: {
            items: components["schemas"]["MemberRoleResponse"][];
            /** @description Always null: all are on one page. */
            nextCursor: string | null;
        };
        RoleNameDto: {
            en: string;
            de: string;
        };
        MemberRoleDto: {
            /** @description What rules, members and events call it; it never changes. */
            key: string;
            name: components["schemas"]["RoleNameDto"];
            /** @description Of several roles that a person would have, the one with the highest rank counts. */
            rank: number;
            /** @description Whether it is given with care: nobody gains it by a run that no admin started, unless the workspace says otherwise, and no run takes it from the last who has such a role. */
            privileged: boolean;
            /** @description How many active members of a workspace may have it; null: any number. */
            max?: number | null;
        };
        GroupCountsResponse: {
            create: number;
            rename: number;
            members: number;
            delete: number;
        };
        ReasonResponse: {
            code: string;
            params: {
                [key: string]: unknown;
            };
            /** @description In the language that `Accept-Language` prefers, en or de. */
            text: string;
        };
        FieldChangeResponse: {
            /** @description A member field, `properties.<key>`, or `groups`: the names of all of them. */
            field: string;
            before: (string | number | boolean | string[]) | null;
            after: (string | number | boolean | string[]) | null;
        };
        PendingResponse: {
            /** @description New members. */
            create: number;
            /** @description Existing members that provisioning takes over. */
            link: number;
            /** @description Members whose fields or groups change. */
            update: number;
            /** @description Leavers who lose access. */
            deactivate: number;
            /** @description Returners who get access again. */
            reactivate: number;
            /** @description Leavers who are removed. */
            remove: number;
            /** @description People who cannot be synchronized. */
            conflict: number;
            /** @description Removals that the guard holds. */
            held: number;
            /** @description Changes that an admin took back or rejected. */
            suppressed: number;
            /** @description People that an admin excluded. */
            excluded: number;
        };
        ChosenGroupResponse: {
            /** Format: uuid */
            id: string;
            /** @description As it was called then. */
            name: string;
        };
        ChosenPeopleResponse: {
            /** @description How many people were chosen, those of the groups included. */
            people: number;
            groups: components["schemas"]["ChosenGroupResponse"][];
        };
        UndoneRunResponse: {
            /**
             * Format: uuid
             * @description The run that is undone.
             */
            runId: string;
            /** @description Whether changes are made again by it: that one was an undo, and no redo. */
            redoes: boolean;
        };
        RunResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            trigger: "manual" | "nightly" | "leaver" | "returner" | "role" | "undo" | "bring_back" | "seat";
            /** @enum {string} */
            state: "queued" | "running" | "awaiting_approval" | "succeeded" | "failed" | "undone" | "partially_undone";
            /** @description People to look at. */
            total: number;
            /** @description People looked at. */
            done: number;
            counts: components["schemas"]["PendingResponse"];
            groups: components["schemas"]["GroupCountsResponse"];
            /** @description An e-mail address, or `system`. */
            requestedBy: string;
            /** @description Of a run that is about chosen people alone; else null. */
            chosen: components["schemas"]["ChosenPeopleResponse"] | null;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description Why the run failed or is being retried, in words. */
            error: string | null;
            /** @description What the run could not do: rules that were too expensive, groups that could not be written. */
            notes: components["schemas"]["ReasonResponse"][];
            /** @description Of an undo, as long as the runs that it goes back to are kept; else null. */
            undoes: components["schemas"]["UndoneRunResponse"] | null;
        };
        PreviewedGroupResponse: {
            /** Format: uuid */
            groupId: string;
            name: string;
            /** @description The name that it has now; null for a new group. */
            nameBefore: string | null;
            /**
             * @description `members`: people join or leave it. `suppressed`: an admin took back what would be done to it.
             * @enum {string}
             */
            kind: "create" | "rename" | "members" | "delete" | "suppressed";
            /** @description How many people join it; null only with `counts=later`, while that is not known. */
            joining: number | null;
            /** @description How many people leave it; null likewise. */
            leaving: number | null;
            /** @description How many people stay in a group that the directory does not have any more, or that is not chosen: they are excluded, suppressed, held or in conflict. The group is deleted when the last of them has left it. 0 for other groups; null likewise. */
            staying: number | null;
        };
        PreviewedSeatsResponse: {
            /** @description How many members may be active. */
            limit: number;
            /**
             * @description `hold`: people who find no seat wait for one. `allow`: they become members, and you are told.
             * @enum {string}
             */
            beyond: "hold" | "allow";
            /** @description Active members: each has a seat. */
            used: number;
            /** @description People who would get a seat. */
            taking: number;
            /** @description People who would wait for a seat: held, with the reason `no-seat`. */
            waiting: number;
        };
        LastRunResponse: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            endedAt: string;
        };
        ChangeResponse: {
            /** @enum {string} */
            kind: "create" | "link" | "update" | "deactivate" | "reactivate" | "remove" | "conflict" | "held" | "suppressed" | "excluded" | "nothing";
            /** Format: uuid */
            directoryUserId: string;
            /** Format: uuid */
            memberId: string | null;
            name: string;
            fields: components["schemas"]["FieldChangeResponse"][];
            reason: components["schemas"]["ReasonResponse"];
            /** @description As the member will have it; of who stays as they are, as the member has it; of who is no member, as the identity provider sent it. */
            email: string | null;
            /** @description Likewise. */
            department: string | null;
            /** @description The job title; likewise. */
            title: string | null;
            /** @description What an admin can do about it; none of these actions is refused. */
            offers: ("link" | "separate" | "allow-linking" | "change-member-address" | "send-address" | "map-address" | "retry" | "lift" | "include" | "exclude")[];
        };
        SyncPreviewResponse: {
            /** @description Identifies this state; a run can be bound to it. */
            version: string;
            /** @description Null only with `counts=later`, while the counts are not known. */
            summary: components["schemas"]["PendingResponse"] | null;
            /** @description How many match what was asked for, on all pages; null only with `counts=later`. */
            matching: number | null;
            /** @description With `since=last-run`, that run; null when none has come to its end, so that everything is new. */
            lastRun: components["schemas"]["LastRunResponse"] | null;
            /** @description The seats, where their number is limited: what the whole preview takes, and who waits. Null otherwise, and with `counts=later` while the counts are not known. */
            seats: components["schemas"]["PreviewedSeatsResponse"] | null;
            items: components["schemas"]["ChangeResponse"][];
            /** @description What would be done to groups, at most 200 of them; on the first page only. */
            groups: components["schemas"]["PreviewedGroupResponse"][];
            nextCursor: string | null;
        };
        NewSyncRunDto: {
            /** @description People of the directory. */
            directoryUserIds?: string[];
            /** @description Groups of the directory: the people who are in them at this moment. */
            groupIds?: string[];
            /** @description The `version` of the preview that was approved: of the whole one, or of `POST /api/sync-preview/chosen` for the same people. */
            previewVersion?: string;
        };
        QueuedRunResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "queued";
        };
        ActorResponse: {
            /**
             * @description `product`: the back end of the host product, by a product key.
             * @enum {string}
             */
            kind: "operator" | "product" | "admin" | "system";
            email: string | null;
            /**
             * Format: uuid
             * @description The id of the product key.
             */
            keyId: string | null;
            /** @description What the product key or operator token was called. */
            name: string | null;
        };
        AccessCheckDto: {
            /** @description The id of the workspace, or `ext:` and your own id for it. */
            workspace: string;
            /** @description The whole address. */
            email?: string;
            /** Format: uuid */
            memberId?: string;
            /** @description Your own id of the member, without `ext:`. */
            externalId?: string;
            /** @description The `externalId` that the identity provider sends for the person. */
            idpExternalId?: string;
        };
        AccessChecksDto: {
            checks: components["schemas"]["AccessCheckDto"][];
        };
        AccessReasonParams: {
            /**
             * Format: date-time
             * @description Since when it has been so.
             */
            since?: string;
            /**
             * @description What somebody who is no member yet waits for.
             * @enum {string}
             */
            waitsFor?: "run" | "conflict" | "exclusion" | "suppression" | "activation" | "provisioning" | "seat";
        };
        AccessReasonResponse: {
            /** @enum {string} */
            code: "granted" | "suspended" | "suspended-by-admin" | "left" | "deactivated" | "removed" | "never-synchronized" | "nobody" | "no-workspace";
            params: components["schemas"]["AccessReasonParams"];
            /** @description The same in words, in the language of the request. */
            text: string;
        };
        CheckedMemberResponse: {
            /** Format: uuid */
            id: string;
            /** @description Your own id of the member. */
            externalId: string | null;
            version: number;
            /** @enum {string} */
            status: "active" | "deactivated" | "removed";
            /** @enum {string} */
            access: "granted" | "suspended" | "ended";
        };
        AccessCheckResponse: {
            /**
             * @description `unknown`: nobody who is a member was found.
             * @enum {string}
             */
            decision: "allow" | "deny" | "unknown";
            reason: components["schemas"]["AccessReasonResponse"];
            member: components["schemas"]["CheckedMemberResponse"] | null;
            /** @description The newest event of the workspace that the answer takes in. */
            sequence: number;
        };
        AccessChecksResponse: {
            results: components["schemas"]["AccessCheckResponse"][];
        };
        DigestBucketResponse: {
            /** @description The first bits of SHA-256 over the id of each of its members. */
            bucket: number;
            members: number;
            /** @description The sum of the hashes of its members, modulo 2^64, as 16 hexadecimal digits. */
            digest: string;
        };
        DigestResponse: {
            /** @description The newest event that it takes in. */
            sequence: number;
            members: number;
            /** @description The sum over all members. */
            digest: string;
            buckets: components["schemas"]["DigestBucketResponse"][];
        };
        EventSubjectResponse: {
            /** @enum {string} */
            kind: "member" | "group" | "run" | "workspace" | "token";
            /** Format: uuid */
            id: string;
            /** @description Your own id of it. */
            externalId: string | null;
            /** @description Of a member: grows by 1 with every change. Of anything else: the sequence of its newest event. */
            version: number;
        };
        EventReasonResponse: {
            code: string;
            params: {
                [key: string]: unknown;
            };
        };
        EventCauseResponse: {
            /** @enum {string} */
            by: "run" | "leaver" | "undo" | "admin" | "product" | "operator";
            /** Format: uuid */
            runId: string | null;
            reason: components["schemas"]["EventReasonResponse"] | null;
            /** @description The `traceparent` (W3C Trace Context) of the request behind it, if it had one. */
            traceparent?: string;
        };
        EventChangeResponse: {
            field: string;
            before: (string | number | boolean | string[]) | null;
            after: (string | number | boolean | string[]) | null;
        };
        EventResponse: {
            /** @description Unique; the same in the feed and in webhooks. */
            id: string;
            /** @enum {string} */
            type: "member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled";
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            workspaceId: string;
            /** @description Your own id of the workspace. */
            workspaceExternalId: string | null;
            /** @description 1, 2, 3 … in each workspace, without a gap. */
            sequence: number;
            subject: components["schemas"]["EventSubjectResponse"];
            cause: components["schemas"]["EventCauseResponse"];
            /** @description What changed; empty for what is new or gone as a whole. */
            changes: components["schemas"]["EventChangeResponse"][];
            /** @description The subject after the change; of a removed one, its last state. */
            data: {
                [key: string]: unknown;
            };
        };
        EventPageResponse: {
            items: components["schemas"]["EventResponse"][];
            /** @description The cursor that the next page continues after; usable also when there are no items. */
            next: string;
            /** @description Whether the next page can be read at once. */
            more: boolean;
        };
        IdpPersonResponse: {
            externalId: string | null;
            userName: string;
        };
        GroupOfMemberResponse: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        ProductMemberResponse: {
            /** Format: uuid */
            id: string;
            email: string;
            firstName: string | null;
            lastName: string | null;
            displayName: string | null;
            jobTitle: string | null;
            language: string | null;
            /** @enum {string} */
            status: "active" | "deactivated" | "removed";
            /** @enum {string} */
            source: "manual" | "import" | "provisioning";
            /** @description What provisioning owns: field names, `managerId`, `properties.<key>`. */
            provisionedFields: string[];
            /** @description Values by property key. */
            properties: {
                [key: string]: (string | number | boolean | string[]) | null;
            };
            /** Format: uuid */
            managerId: string | null;
            /** @description The key of the role in the product; null: none, or the product has no roles. */
            role: string | null;
            /** @description The directory groups that give the role, by name; none: an attribute gives it, or it is the default. */
            roleBecause: components["schemas"]["RoleGroupOfMemberResponse"][];
            /**
             * Format: date-time
             * @description Since when the removal guard holds the removal. Until an admin decides, access is suspended, or kept where `heldLeavers` says so.
             */
            heldSince: string | null;
            /**
             * @description `suspended`: the removal guard holds the removal of a person who left, or an admin suspended them.
             * @enum {string}
             */
            access: "granted" | "suspended" | "ended";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Your own id of the member. */
            externalId: string | null;
            /** @description Grows by 1 with every change of the member. */
            version: number;
            idp: components["schemas"]["IdpPersonResponse"] | null;
            groups: components["schemas"]["GroupOfMemberResponse"][];
        };
        ProductMemberPageResponse: {
            items: components["schemas"]["ProductMemberResponse"][];
            nextCursor: string | null;
        };
        PutMemberDto: {
            /** @description Given name. */
            firstName?: string | null;
            /** @description Family name. */
            lastName?: string | null;
            /** @description Name as it is shown. */
            displayName?: string | null;
            /** @description Job title. */
            jobTitle?: string | null;
            /** @description Language as in BCP 47: de, en-US. */
            language?: string | null;
            /** @description The member who is the manager: our id of them, or `ext:` and your own. In a batch, name the manager in an earlier line. */
            managerId?: string | null;
            /** @description Values by property key; null clears. */
            properties?: {
                [key: string]: (string | number | boolean | string[]) | null;
            };
            /** @description E-mail address; no other member may have it. A new member needs one. */
            email?: string;
            /** @description Your own id of the member. To give an existing member another one, name the member by our id; null takes it away. */
            externalId?: string | null;
            /**
             * @description A removed member comes back as `active` when it is left out.
             * @enum {string}
             */
            status?: "active" | "deactivated";
        };
        ExcludeMemberDto: {
            /** @description Why; the admin of the workspace reads it. */
            reason: string;
        };
        MemberExclusionResponse: {
            /** Format: uuid */
            memberId: string;
            /**
             * Format: uuid
             * @description The person of the directory.
             */
            directoryUserId: string;
            /** @description Whether synchronization leaves the person out. */
            excluded: boolean;
        };
        ReceiptDto: {
            /** @description Open sessions of the person that it ended. */
            sessionsEnded?: number | null;
            /** @description Tokens of the person that it revoked. */
            tokensRevoked?: number | null;
            /**
             * Format: date-time
             * @description When the product did it, RFC 3339. Left out: now.
             */
            at?: string | null;
        };
        ReceiptResponse: {
            /** @description The id of the event. */
            eventId: string;
            /**
             * Format: uuid
             * @description In whose timeline it is shown; null for an event that is about nobody in particular.
             */
            memberId: string | null;
            /** @description Null: not said. */
            sessionsEnded: number | null;
            /** @description Null: not said. */
            tokensRevoked: number | null;
            /** Format: date-time */
            at: string;
        };
        WebhookResponse: {
            /** Format: uuid */
            id: string;
            /** Format: uri */
            url: string;
            /** @description Only these events. Null: all, those of the future too. */
            types: ("member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled")[] | null;
            /** @description Only events of these workspaces. Null: of all, those of the future too. */
            workspaceIds: string[] | null;
            /** @enum {string} */
            state: "active" | "disabled";
            /**
             * @description Why it is disabled: you did it (`operator`), the receiver answered with 410 (`gone`), or no attempt succeeded for 5 days (`failing`).
             * @enum {string|null}
             */
            disabledReason: "operator" | "gone" | "failing" | null;
            /** Format: date-time */
            disabledAt: string | null;
            /**
             * Format: date-time
             * @description Since when no attempt has succeeded. Null: the last one did.
             */
            failingSince: string | null;
            /** @description Until when each former secret signs, too. Empty: only the newest does. */
            formerSecretsEndAt: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookPageResponse: {
            items: components["schemas"]["WebhookResponse"][];
            nextCursor: string | null;
        };
        CreateWebhookDto: {
            /** @description Only these events. Null: all, those of the future too. */
            types?: ("member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled")[] | null;
            /** @description Only events of these workspaces, each by its id or as `ext:` and your own id. Null: of all, those of the future too. */
            workspaceIds?: string[] | null;
            /**
             * Format: uri
             * @description Where events are sent: https to a public address, without a user name and without a fragment. `WEBHOOK_ALLOW_PRIVATE=on` also allows http and addresses that are not public.
             */
            url: string;
        };
        IssuedWebhookResponse: {
            /** Format: uuid */
            id: string;
            /** Format: uri */
            url: string;
            /** @description Only these events. Null: all, those of the future too. */
            types: ("member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled")[] | null;
            /** @description Only events of these workspaces. Null: of all, those of the future too. */
            workspaceIds: string[] | null;
            /** @enum {string} */
            state: "active" | "disabled";
            /**
             * @description Why it is disabled: you did it (`operator`), the receiver answered with 410 (`gone`), or no attempt succeeded for 5 days (`failing`).
             * @enum {string|null}
             */
            disabledReason: "operator" | "gone" | "failing" | null;
            /** Format: date-time */
            disabledAt: string | null;
            /**
             * Format: date-time
             * @description Since when no attempt has succeeded. Null: the last one did.
             */
            failingSince: string | null;
            /** @description Until when each former secret signs, too. Empty: only the newest does. */
            formerSecretsEndAt: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Begins with `whsec_`. Shown this once. */
            secret: string;
        };
        UpdateWebhookDto: {
            /** @description Only these events. Null: all, those of the future too. */
            types?: ("member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled")[] | null;
            /** @description Only events of these workspaces, each by its id or as `ext:` and your own id. Null: of all, those of the future too. */
            workspaceIds?: string[] | null;
            /**
             * Format: uri
             * @description Where events are sent: https to a public address, without a user name and without a fragment. `WEBHOOK_ALLOW_PRIVATE=on` also allows http and addresses that are not public.
             */
            url?: string;
            /**
             * @description A disabled webhook is sent nothing. Made active again, it goes on where it stopped.
             * @enum {string}
             */
            state?: "active" | "disabled";
        };
        RotateWebhookDto: {
            /** @description How many hours the old secret keeps working. Absent: 24. */
            overlapHours?: number;
        };
        AttemptErrorResponse: {
            /** @enum {string} */
            code: "status" | "redirect" | "gone" | "timeout" | "unresolved" | "private-address" | "unreachable" | "tls" | "broken" | "secret-unreadable";
            text: string;
        };
        AttemptResponse: {
            /** Format: date-time */
            at: string;
            /** @description Of the answer. Null: there was none. */
            status: number | null;
            /** @description Null: it succeeded. */
            error: components["schemas"]["AttemptErrorResponse"] | null;
            /** @description From the beginning to the end of the answer. */
            latencyMs: number;
            /** @description The beginning of what the receiver answered. */
            answer: string | null;
        };
        DeliveryResponse: {
            /** Format: uuid */
            id: string;
            /** @description The id of the event, which is sent as `webhook-id`. */
            eventId: string;
            /** @enum {string} */
            type: "member.created" | "member.updated" | "member.suspended" | "member.deactivated" | "member.reactivated" | "member.removed" | "group.created" | "group.updated" | "group.deleted" | "group.member_added" | "group.member_removed" | "run.finished" | "run.awaiting_approval" | "run.failed" | "workspace.activated" | "workspace.deactivated" | "workspace.entitled" | "workspace.lapsed" | "seats.exhausted" | "seats.freed" | "token.expiring" | "token.revoked" | "webhook.disabled";
            /** Format: uuid */
            workspaceId: string;
            sequence: number;
            /**
             * @description `pending` waits for its first or next attempt. `failed` was given up after the last one.
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @description How often it was sent. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it is sent next, at the earliest: an earlier event of the same member goes first.
             */
            nextAttemptAt: string | null;
            lastAttempt: components["schemas"]["AttemptResponse"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        DeliveryPageResponse: {
            items: components["schemas"]["DeliveryResponse"][];
            nextCursor: string | null;
        };
        TableCountResponse: {
            /** @description Rows that were about the person alone, and are gone. */
            deleted: number;
            /** @description Rows that stay without the person. */
            redacted: number;
        };
        ErasePersonDto: {
            /** @description For the audit log, e.g. the number of the request. What of it names the person is taken out. */
            reason: string;
        };
        PersonErasureResponse: {
            /**
             * Format: uuid
             * @description The audit log names it, too.
             */
            id: string;
            /** Format: uuid */
            workspaceId: string;
            /** Format: date-time */
            at: string;
            /**
             * Format: uuid
             * @description Null: they never became a member.
             */
            memberId: string | null;
            /** @description Your own id that the member had. It is told this once, and kept nowhere. */
            memberExternalId: string | null;
            /** @description What the person was in the directory. */
            directoryUserIds: string[];
            /** @description As the audit log has it. */
            reason: string;
            /** @description By table of the database; those that held nothing of the person are left out. */
            counts: {
                [key: string]: components["schemas"]["TableCountResponse"];
            };
            /** @description Salted hashes that are kept of user names, external ids and addresses, so that the next push of the identity provider waits for an admin. */
            keptHashes: number;
        };
        FedRecordResponse: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description Zeros where it belongs to no workspace, or to one that is gone.
             */
            workspaceId: string;
            /** @description 1, 2, 3 … in each workspace, without a gap. */
            sequence: number;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["ActorResponse"];
            /** @enum {string} */
            action: "access.refused" | "admin-link.created" | "attribute-mapping.exported" | "attribute-mapping.replaced" | "attribute-mapping.restored" | "automatic-sync.paused" | "automatic-sync.started" | "branding.changed" | "conflict.retried" | "conflicts.retried" | "credentials.refused" | "csrf.refused" | "embedding.changed" | "log.read" | "member.created" | "member.removed" | "member.suspended" | "member.suspension-lifted" | "member.updated" | "members.deactivated" | "members.exported" | "members.imported" | "members.reactivated" | "members.removed" | "notification-channel.added" | "notification-channel.changed" | "notification-channel.removed" | "notifications.changed" | "notifications.ended-for-leaver" | "notifications.subscribed" | "notifications.unsubscribed" | "oauth-client.created" | "oauth-client.revoked" | "oauth-client.rotated" | "people.excluded" | "people.included" | "people.linked" | "person.erased" | "person.excluded" | "person.exported" | "person.included" | "person.linked" | "person.separated" | "personal-data.read" | "preview.exported" | "product-key.issued" | "product-key.revoked" | "product-key.rotated" | "property.created" | "property.deleted" | "property.updated" | "provisioning.activated" | "provisioning.deactivated" | "provisioning.suspension-ended" | "records.redacted" | "removals.approved" | "removals.brought-back" | "removals.rejected" | "retention.changed" | "role-mapping.replaced" | "roles.declared" | "session.closed" | "session.opened" | "session.revoked" | "sessions.revoked" | "settings.changed" | "sign-in.failed" | "simulation.started" | "suppression.lifted" | "suppressions.lifted" | "sync-run.requested" | "sync-run.undo-requested" | "token.issued" | "token.revoked" | "token.rotated" | "webhook.changed" | "webhook.created" | "webhook.deleted" | "webhook.disabled" | "webhook.enabled" | "webhook.rotated" | "workspace.created" | "workspace.disentitled" | "workspace.entitled" | "workspace.erased" | "workspace.external-id-changed" | "workspace.renamed" | "workspace.sandbox-begun" | "workspace.sandbox-ended" | "workspace.seats-changed";
            target: string | null;
            details: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            sessionId: string | null;
            address: string | null;
            requestId: string | null;
            /** @description SHA-256 of the record before, in hexadecimal digits. */
            previousHash: string;
            /** @description SHA-256 of this record, in hexadecimal digits. */
            hash: string;
            /** @description What the digests of its parts are salted with, in hexadecimal digits. */
            salt: string;
            /** @description The digests of the parts from which an erased person was taken out. */
            redacted: {
                [key: string]: string;
            } | null;
        };
        AuditFeedResponse: {
            items: components["schemas"]["FedRecordResponse"][];
            /** @description The cursor that the next page continues after; usable also when there are no items. */
            next: string;
            /** @description Whether the next page can be read at once. */
            more: boolean;
        };
        AuditHeadResponse: {
            /**
             * Format: uuid
             * @description Zeros: the chain of the installation.
             */
            workspaceId: string;
            /** @description The newest record; 0: there is none. */
            sequence: number;
            /** @description Its hash, in hexadecimal digits. */
            hash: string;
            /** @description The newest record that is no longer kept; 0: all are. */
            prunedSequence: number;
            /** Format: date-time */
            at: string;
        };
        WorkspaceNeedsResponse: {
            /** Format: uuid */
            id: string;
            /** @description Your own id for it. */
            externalId: string | null;
            name: string;
            /** @description The most important one first. */
            needs: components["schemas"]["NeedResponse"][];
        };
        AttentionPageResponse: {
            items: components["schemas"]["WorkspaceNeedsResponse"][];
            nextCursor: string | null;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /** @description Its last part names the problem for good. */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Everything that is wrong with what was sent. */
            errors?: {
                path: string;
                message: string;
                /** @description Names the fault for good, where clients may word it themselves. */
                code?: string;
                /** @description What its sentence needs. */
                params?: {
                    [key: string]: unknown;
                };
            }[];
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Operator_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                /** @description `health`: each with how it is. */
                include?: "health";
            };
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspaceDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutWorkspaceDto"];
            };
        };
        responses: {
            /** @description There was one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_erase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspaceDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_showQuotas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotasResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_showSeats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatsResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operator_createAdminLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAdminLinkDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminLinkResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Retention_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Retention_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRetentionDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperatorSessions_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSessionPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperatorSessions_endAll: {
        parameters: {
            query?: {
                /** @description Of this admin alone. Absent: of everybody. */
                email?: string;
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessionsResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperatorSessions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Erasures_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                /** @description The id that the workspace had, or `ext:` and the id that you had given it. */
                workspaceId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Identity_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Identity_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Identity_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Embedding_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbeddingResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Embedding_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbeddingDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbeddingResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Branding_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Branding_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrandingDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductKeys_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductKeyPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProductKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedProductKeyResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductKeys_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductKeyResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductKeys_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductKeys_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateProductKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedProductKeyResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberRolesResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_declare: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberRoleDto"][];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberRolesResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccessChecks_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessCheckDto"] | components["schemas"]["AccessChecksDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessCheckResponse"] | components["schemas"]["AccessChecksResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Digest_show: {
        parameters: {
            query?: {
                /** @description Into how many buckets the members are divided: a power of two. */
                buckets?: number;
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Events_list: {
        parameters: {
            query?: {
                /** @description The `next` of the page before, or the cursor of a snapshot. `now`: only what happens from now on; the answer has no items and is not held back, so that its `next` is known before anything happens. Without it: from the oldest event that is kept. */
                after?: string;
                /** @description Only events of this workspace: its id, or `ext:` and your own id of it. */
                workspaceId?: string;
                /** @description Only these types, separated by commas: `member.deactivated,member.removed`. */
                types?: string;
                limit?: number;
                /** @description How many seconds the answer may wait for the next event when there is none. */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description When there is more: the address of the next page with `rel="next"` (RFC 8288), so that it can be asked for while this one is read. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MemberBatch_write: {
        parameters: {
            query?: never;
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        /** @description One JSON object on each line: `BatchMemberDto`. */
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description One JSON object on each line: `BatchLineResponse`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                /** @description The whole address; upper and lower case are the same. */
                email?: string;
                /** @description Your own id of the member, without `ext:`. */
                externalId?: string;
                /** @description The `externalId` that the identity provider sends for the person. */
                idpExternalId?: string;
                /** @description Without it: everyone who is not removed. An address finds no removed member, who has given it back. */
                status?: "active" | "deactivated" | "removed";
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductMemberPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductMemberResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutMemberDto"];
            };
        };
        responses: {
            /** @description There was one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductMemberResponse"];
                };
            };
            /** @description There was none. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductMemberResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_exclude: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExcludeMemberDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberExclusionResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductMembers_include: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberExclusionResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductRuns_page: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                kind?: "create" | "link" | "update" | "deactivate" | "reactivate" | "remove" | "conflict" | "held" | "suppressed" | "excluded";
                /** @description Part of a name or of an e-mail address. */
                search?: string;
                /** @description Those who join or leave this group. */
                groupId?: string;
                /** @description Only what became pending since the last manual or nightly run that came to its end: people queued after it looked, and those withheld after it ended. */
                since?: "last-run";
                /** @description Without it: as a run goes through them. Who has no such value stands last; people with the same value are sorted by name. For a sort the whole preview is made at once. */
                sort?: "name" | "email" | "department" | "title" | "kind";
                order?: "asc" | "desc";
                /** @description `later`: does not wait for the counts; `summary` is null while they are not known. */
                counts?: "now" | "later";
            };
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncPreviewResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductRuns_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewSyncRunDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedRunResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProductRuns_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path: {
                run: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Receipts_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the event: `evt_…`. */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReceiptDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Snapshot_read: {
        parameters: {
            query?: {
                /** @description The last member that an earlier, broken answer told of: the members after it are told. */
                from?: string;
                /** @description Into how many buckets the members are divided, as those of the digest: a power of two. With `bucket`. */
                buckets?: number;
                /** @description Only members of this bucket; repeat it for several. Groups are told all, with those of their members. The counts of the head are those of the whole workspace. */
                bucket?: number[];
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One JSON object on each line; `kind` is `head`, `member`, `group` or `membership`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedWebhookResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed: somebody else’s change since then is a 412. */
                "If-Match"?: string;
            };
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateWebhookDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedWebhookResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition-failed`: it was changed meanwhile. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_listDeliveries: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                hook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_resend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook: string;
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PersonalData_eraseMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePersonDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonErasureResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PersonalData_eraseDirectoryUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePersonDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonErasureResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than the limit */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PersonalData_exportMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the member, or `ext:` and your own id for them, URL-encoded. */
                member: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One JSON object on each line; `table` says what it is a row of, and the first line is the head. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PersonalData_exportDirectoryUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As that of a member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditAccess_ofAll: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. Without it: from the oldest record that is kept. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditFeedResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditAccess_headOfInstallation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditHeadResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditAccess_ofOne: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. Without it: from the oldest record that is kept. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditFeedResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditAccess_headOfOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the workspace, or `ext:` and your own id for it, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditHeadResponse"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Attention_list: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                /** @description Only this need. */
                code?: "run-failed" | "run-stuck" | "no-token" | "token-expires" | "identity-provider-silent" | "never-contacted" | "held-removals" | "night-overdue" | "suspension-ends" | "conflicts";
            };
            header?: {
                /** @description The language of the texts in the answer: English or German. Default: English. */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionPageResponse"];
                };
            };
            /** @description Something that was sent cannot be right; the answer says what and where */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credentials are missing, of another kind, over or revoked; the answer says which */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests came, or are under way; try again after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something passing, such as a database that restarts; try again after `Retry-After` seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
