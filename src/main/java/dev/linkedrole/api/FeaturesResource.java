package dev.linkedrole.api;

import dev.linkedrole.api.view.CatalogView;
import dev.linkedrole.role.catalog.FeatureCatalog;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Resource that returns the catalog in use. */
@Path("/api/features")
@Produces(MediaType.APPLICATION_JSON)
public class FeaturesResource {

    private final CatalogView catalog;

    FeaturesResource(FeatureCatalog catalog) {
        this.catalog = CatalogView.of(catalog);
    }

    @GET
    @Operation(
            summary =
                    "The catalog: what every role has, and each feature with the resources it takes and what it grants")
    public CatalogView features() {
        return catalog;
    }
}
