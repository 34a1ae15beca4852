package org.entente.provisioning;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.springframework.stereotype.Component;

/** {@code reconcile [--service id]}: compares engines with what they should hold, now. */
@Component
class ReconcileCommand implements ConsoleCommand {

    private final Reconciliation reconciliation;
    private final AccountPlanner planner;
    private final Catalog catalog;

    ReconcileCommand(Reconciliation reconciliation, AccountPlanner planner, Catalog catalog) {
        this.reconciliation = reconciliation;
        this.planner = planner;
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        planner.planAll();
        String asked = args.get("service");
        List<String> services = catalog.services().stream()
                .filter(service -> service.connector() != null)
                .map(Service::id)
                .filter(id -> asked == null || asked.equals(id))
                .toList();
        if (services.isEmpty()) {
            out.println("Aucun service à comparer" + (asked == null ? "" : " : " + asked));
            return false;
        }
        for (String service : services) {
            if (!reconciliation.comparable(service)) {
                out.printf("%s : ne dit pas ce qu’il contient, rien à comparer%n", service);
                continue;
            }
            Reconciliation.Found found = reconciliation.reconcile(service);
            out.printf(
                    "%s : %d comparés, %d manquants, %d réactivés à tort, %d modifiés, %d inconnus%n",
                    service, found.checked, found.missing, found.reactivated, found.changed, found.orphans.size());
        }
        return true;
    }
}
