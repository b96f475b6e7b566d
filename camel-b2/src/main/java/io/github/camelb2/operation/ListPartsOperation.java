package io.github.camelb2.operation;

import java.util.Iterator;

import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.model.Part;

/** Lists the parts of a large file that is not finished. */
final class ListPartsOperation implements Operation<ListParts, Iterator<Part>> {
    @Override
    public Class<ListParts> requestType() {
        return ListParts.class;
    }

    @Override
    public ListParts bind(Params params, OperationScope scope) {
        return ListParts.of(params.fileId());
    }

    @Override
    public Iterator<Part> run(ListParts request, OperationScope scope) {
        return scope.client().listParts(request, scope.settings());
    }
}
