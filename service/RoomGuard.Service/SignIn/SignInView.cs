using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>Sign-ins and failures by account, for the list an account's page shows (サインイン履歴).</summary>
public sealed class SignInView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_sign_ins", "view_set_up"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_sign_ins(n INTEGER PRIMARY KEY, account TEXT NOT NULL, at INTEGER NOT NULL, ok INTEGER NOT NULL, method TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
        CREATE TABLE view_set_up(n INTEGER PRIMARY KEY) STRICT;
        CREATE INDEX view_sign_ins_account ON view_sign_ins(account, n);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case SignedIn begun:
                Note(db, item.N, begun.Account, begun.OccurredAt, true, begun.Method.ToString(), begun.Source, "");
                break;
            case SignInFailed { Account: { } account } failed:
                Note(db, item.N, account, failed.OccurredAt, false, "", failed.Source, failed.Fault.ToString());
                break;
            case SiteSetUp:
                _ = db.Run("INSERT INTO view_set_up VALUES ($1)", item.N);
                break;
            default:
                break;
        }
    }

    private static void Note(Statements db, long n, AccountId account, DateTimeOffset at, bool ok, string method, string source, string reason) =>
        db.Run("INSERT INTO view_sign_ins VALUES ($1, $2, $3, $4, $5, $6, $7)", n, account.Value, at.ToUnixTimeMilliseconds(), ok ? 1 : 0, method, source, reason);
}
