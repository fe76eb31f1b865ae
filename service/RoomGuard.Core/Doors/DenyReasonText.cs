using System.Diagnostics;

namespace RoomGuard.Core.Doors;

/// <summary>One refusal reason in words (dashboard.md section 11.1).</summary>
/// <param name="LogJa">拒否理由 as the register shows it, Japanese.</param>
/// <param name="LogEn">The same in English.</param>
/// <param name="AtDoorJa">What a kiosk at the door may show when <paramref name="Fixable"/>.</param>
/// <param name="AtDoorEn">The same in English.</param>
/// <param name="Fixable">Whether the holder can mend it, so that <c>reasonAtDoor = fixable</c> shows it.</param>
/// <param name="WhatToDoJa">What staff does next, one sentence.</param>
/// <param name="WhatToDoEn">The same in English.</param>
public sealed record DenyReasonWords(
    string LogJa,
    string LogEn,
    string AtDoorJa,
    string AtDoorEn,
    bool Fixable,
    string WhatToDoJa,
    string WhatToDoEn);

/// <summary>拒否理由 as people read it, on the screen, in the 入退室管理簿 and at a kiosk. Bare readers show none of it (R-DOOR-01).</summary>
public static class DenyReasonText
{
    /// <summary>What the door shows whenever the reason may not be shown.</summary>
    public const string NeutralJa = "入室できません";

    /// <summary>The same in English.</summary>
    public const string NeutralEn = "Access denied";

    /// <summary>The sign in front of every refusal, so that colour is never the only one.</summary>
    public const string Symbol = "×";

    /// <summary>The reason in the register, Japanese, without its symbol.</summary>
    public static string Ja(DenyReason reason) => Of(reason).LogJa;

    /// <summary>The reason in the register, English.</summary>
    public static string En(DenyReason reason) => Of(reason).LogEn;

    /// <summary>"× 時間外": symbol and word.</summary>
    public static string LogJa(DenyReason reason) => $"{Symbol} {Of(reason).LogJa}";

    /// <summary>Symbol and word in English.</summary>
    public static string LogEn(DenyReason reason) => $"{Symbol} {Of(reason).LogEn}";

    /// <summary>Whether the holder can mend it.</summary>
    public static bool Fixable(DenyReason reason) => Of(reason).Fixable;

    /// <summary>What staff does next, Japanese.</summary>
    public static string WhatToDoJa(DenyReason reason) => Of(reason).WhatToDoJa;

    /// <summary>What staff does next, English.</summary>
    public static string WhatToDoEn(DenyReason reason) => Of(reason).WhatToDoEn;

    /// <summary>All words of a reason.</summary>
    public static DenyReasonWords Of(DenyReason reason) => reason switch
    {
        DenyReason.CardUnknown => new(
            "未登録カード", "Unknown card", NeutralJa, NeutralEn, false,
            "カードの持ち主を確かめ、必要なら「人・カード」でカードを登録してください。",
            "Find out whose card it is and, if it should open, register it under People and cards."),
        DenyReason.CardLost => new(
            "紛失届カード", "Card reported lost", NeutralJa, NeutralEn, false,
            "直ちに扉へ行き、カードを回収して情報セキュリティ管理者へ報告してください。見つかったカードは再び使えません。新しいカードを発行してください。",
            "Go to the door at once, take the card back and report to the security manager. A lost card is never used again: issue a new one."),
        DenyReason.CardSuspended => new(
            "利用停止", "Card suspended", NeutralJa, NeutralEn, false,
            "停止の理由を確かめ、解除してよければ情報システム管理者へ停止解除を申請してください。",
            "Look up why the card is suspended; to resume it, apply to the system manager."),
        DenyReason.CardReturned => new(
            "返却済カード", "Card already returned", NeutralJa, NeutralEn, false,
            "返却済みのカードが使われました。カードを回収し、返却の記録を情報セキュリティ管理者と確かめてください。",
            "A returned card was used: take it back and check the return with the security manager."),
        DenyReason.CardExpired => new(
            "カード有効期限切れ", "Card expired", "カードの有効期限が切れています", "Your card has expired", true,
            "カードの更新を情報システム管理者へ申請してください。",
            "Apply to the system manager for the card to be renewed."),
        DenyReason.CardNotYet => new(
            "カード有効期間前", "Card not yet valid", "カードはまだ有効ではありません", "Your card is not valid yet", true,
            "カードの開始日を確かめ、早める必要があれば情報システム管理者へ申請してください。",
            "Check the card's first day; to bring it forward, apply to the system manager."),
        DenyReason.PersonSuspended => new(
            "利用者停止", "Person suspended", NeutralJa, NeutralEn, false,
            "停止は統括情報セキュリティ責任者の判断です。解除は同責任者へ申し出てください。",
            "The suspension was decided by the supervising officer; only that officer lifts it."),
        DenyReason.PersonExpired => new(
            "在籍期間終了", "No longer in service", NeutralJa, NeutralEn, false,
            "異動・退職・契約終了の日付を人事担当と確かめ、カードを返却させてください。",
            "Check the leaving date with personnel and have the card returned."),
        DenyReason.PersonNotYet => new(
            "在籍期間前", "Not yet in service", "ご利用はまだ始まっていません", "You are not registered to start yet", true,
            "在籍・契約の開始日を所属の情報セキュリティ管理者と確かめてください。",
            "Check the first day of service or contract with the section's security manager."),
        DenyReason.NoGrant => new(
            "入室許可なし", "No entry grant", "入室許可がありません", "You hold no entry grant", true,
            "入室が必要なら、本人が情報システム管理者へ入室許可を申請してください。",
            "If entry is needed, the person applies to the system manager for an entry grant."),
        DenyReason.GrantSuspended => new(
            "入室許可の停止中", "Grant suspended", NeutralJa, NeutralEn, false,
            "停止の理由を確かめ、解除してよければ情報システム管理者へ申請してください。",
            "Look up why the grant is suspended; to resume it, apply to the system manager."),
        DenyReason.ZoneNotInGrant => new(
            "区域外", "Not permitted in this area", "この区域の入室許可がありません", "Not permitted in this area", true,
            "この区域が必要なら、区域の追加を情報システム管理者へ申請してください。",
            "If this area is needed, apply to the system manager for it to be added to the grant."),
        DenyReason.GrantExpired => new(
            "許可期限切れ", "Grant expired", "入室許可の期限が切れています", "Your access has expired", true,
            "入室許可の更新を情報システム管理者へ申請してください(期間は最長1年)。",
            "Apply to the system manager for the grant to be renewed (one year at most)."),
        DenyReason.GrantNotYet => new(
            "許可期間前", "Grant not yet in force", "入室許可はまだ始まっていません", "Your access has not started yet", true,
            "開始日まで待つか、早める必要があれば情報システム管理者へ変更を申請してください。",
            "Wait for the first day, or apply to the system manager to bring it forward."),
        DenyReason.OutsideHours => new(
            "時間外", "Outside permitted hours", "入室できる時間ではありません", "Outside your permitted hours", true,
            "許可された曜日・時間に来るか、時間の変更を情報システム管理者へ申請してください。",
            "Come at the permitted days and hours, or apply to the system manager for other hours."),
        DenyReason.MethodNotAllowed => new(
            "認証方法外", "Method not accepted", "この扉では使えない方法です", "Method not accepted here", true,
            "この区域で認められた認証方法(ICカードなど)を使うよう案内してください。",
            "Ask the person to use a method this area accepts, such as the card."),
        DenyReason.SecondFactorMissing => new(
            "二要素未完了", "Second factor missing", "時間内に二つ目の確認ができませんでした。もう一度カードからお試しください", "The second check did not follow in time. Start again with your card", true,
            "カードをかざしてから15秒以内に暗証番号を入れるよう案内してください。",
            "Ask the person to type the PIN within 15 seconds of showing the card."),
        DenyReason.PinWrong => new(
            "暗証番号不一致", "Wrong PIN", "入室できません もう一度お試しください", "Access denied, try again", false,
            "本人か確かめてください。忘れた場合は情報システム管理者へ暗証番号の再設定を申請してください。",
            "Make sure it is the holder; a forgotten PIN is set anew by the system manager on application."),
        DenyReason.PinNotSet => new(
            "暗証番号未登録", "No PIN set", "暗証番号が登録されていません", "No PIN is set for your card", true,
            "情報システム管理者へ暗証番号の登録を申請してください。",
            "Apply to the system manager for a PIN to be set."),
        DenyReason.FactorMismatch => new(
            "本人不一致", "Factors of two people", NeutralJa, NeutralEn, false,
            "カードの貸し借りが疑われます。情報セキュリティ管理者へ報告し、二人に事情を確かめてください。",
            "A card may have been lent: report to the security manager and ask both people."),
        DenyReason.Lockdown => new(
            "区域封鎖", "Lockdown", "ただいま入室を止めています", "Entry is stopped", true,
            "封鎖を指示した責任者の許しなく入室できません。必要なら例外の指名を求めてください。",
            "Nobody enters without the officer who ordered the lockdown; ask to be named as an exception if needed."),
        DenyReason.NoGrantList => new(
            "許可一覧なし", "No grant list", NeutralJa, NeutralEn, false,
            "扉の制御装置がまだ許可一覧を受け取っていません。サービスとの接続を「機器」で確かめ、手書きの入退室管理簿を始めてください。",
            "The bridge has not received a grant list yet: check its link under Devices and start the hand-written register."),
        DenyReason.GrantListTooOld => new(
            "許可一覧の期限切れ", "Grant list too old", NeutralJa, NeutralEn, false,
            "扉の制御装置とサービスの通信を直してください。それまでは手書きの入退室管理簿で、情報システム管理者の立会いのもと入室してください。",
            "Mend the link between bridge and service; until then enter by the hand-written register with the system manager present."),
        DenyReason.RecordUnavailable => new(
            "記録不能", "Cannot record", NeutralJa, NeutralEn, false,
            "扉の制御装置の記録領域を確かめてください(空き容量・ディスクの故障)。直るまで手書きの入退室管理簿を使ってください。",
            "Check the bridge's storage (space, disk fault); use the hand-written register until it is mended."),
        DenyReason.ReaderNotTrusted => new(
            "読取装置異常", "Reader not trusted", NeutralJa, NeutralEn, false,
            "読取装置のすり替え・開封の有無を現地で確かめ、「機器」の手順で復旧してください。それまで手書きの入退室管理簿を使ってください。",
            "Look at the reader for tampering or a swap and bring it back as Devices says; use the hand-written register until then."),
        DenyReason.OutsideContract => new(
            "契約外", "Outside the contract", NeutralJa, NeutralEn, false,
            "作業者の登録・作業場所・契約期間を契約の担当課の情報セキュリティ管理者と確かめてください。",
            "Check worker, places and term of the contract with the section's security manager."),
        DenyReason.PinHeld => new(
            "暗証番号の一時停止", "PIN held after wrong tries", "入室できません しばらくしてからお試しください", "Access denied, try again later", false,
            "本人か確かめてください。しばらく待つと再び使えます。忘れた場合は暗証番号の再設定を申請してください。",
            "Make sure it is the holder; the PIN works again after a while, and a forgotten one is set anew on application."),
        DenyReason.AlreadyInside => new(
            "続けての入室", "Already inside", "在室中になっています", "You are recorded as inside", true,
            "退室の記録がないまま再び入ろうとしています。本人の居場所を確かめ、情報システム管理者が理由を付けて在室を訂正してください。",
            "No exit was recorded since the last entry: find out where the person is and have the system manager correct presence with a reason."),
        DenyReason.WrongPath => new(
            "経路違い", "Not through the outer area", "先に外側の区域へ入室してください", "Enter the outer area first", true,
            "外側の区域への入室記録がありません。後に付いて入った疑いがあるので、現地で確かめてください。",
            "No entry into the outer area is recorded: somebody may have slipped in behind another, so look on the spot."),
        DenyReason.ZoneFull => new(
            "定員超過", "Area full", "定員に達しています", "The area is full", true,
            "在室者一覧を確かめ、誰かが退室してから入るよう案内してください。",
            "Look at who is inside and ask the person to wait until somebody has left."),
        DenyReason.SecondPersonMissing => new(
            "二人目なし", "Second person missing", "もう一人のカードが必要です", "A second person's card is needed", true,
            "この区域へは二人で入ります。二人が続けてカードをかざすよう案内してください。",
            "This area is entered by two: ask both to show their cards one after the other."),
        DenyReason.PairMismatch => new(
            "組合せ外", "Not the named pair", "この組合せでは入室できません", "Not permitted together", true,
            "入室許可に定められた相手と入るか、組合せの変更を情報システム管理者へ申請してください。",
            "Enter with the partner named in the grant, or apply to the system manager for another."),
        DenyReason.OtherDoorOpen => new(
            "インターロック", "Another door is open", "もう一方の扉が閉まってからお試しください", "Wait until the other door is closed", true,
            "開いている扉を閉めてから、もう一度カードをかざすよう案内してください。",
            "Close the other door, then show the card again."),
        DenyReason.ZoneClosed => new(
            "区域の時間外", "Area closed at this time", "この区域に入室できる時間ではありません", "The area is closed at this time", true,
            "区域の利用時間に来るか、必要なら情報システム管理者へ利用時間の変更を申し出てください。",
            "Come within the area's hours, or ask the system manager for other hours."),
        DenyReason.NoPurpose => new(
            "入室目的なし", "No purpose given", "入室目的(作業番号など)を登録してください", "Register the purpose of your entry first", true,
            "本人の頁か受付で作業番号などの入室目的を登録してから、もう一度カードをかざすよう案内してください。",
            "Register the work number on one's own page or at reception, then show the card again."),
        DenyReason.NoEscort => new(
            "付添い者不在", "No escort", "付添いの職員が先に入室してください", "Your escort must go first", true,
            "訪問に定められた付添い者がカードをかざしてから、30秒以内に来訪者証をかざすよう案内してください。",
            "Ask the visit's escort to show a card first, then the visitor within 30 seconds."),
        DenyReason.EscortNotEligible => new(
            "付添い資格なし", "Escort not eligible", "付添いの職員をお呼びください", "Please call a staff escort", true,
            "付添いができるのは職員だけです。資格のある職員へ付添いを交代してください。",
            "Only staff may escort: hand over to somebody who may."),
        DenyReason.TooManyVisitors => new(
            "付添い人数超過", "Too many visitors for one escort", "付添いの人数を超えています", "Too many visitors for one escort", true,
            "もう一人の付添い者を呼ぶか、先の訪問者が退室してから入るよう案内してください。",
            "Call a second escort, or wait until an earlier visitor has left."),
        DenyReason.ZoneNotInVisit => new(
            "訪問の区域外", "Area not part of the visit", "この区域は訪問に含まれていません", "This area is not part of your visit", true,
            "付添い者に知らせてください。区域が必要なら訪問の変更を申請してください。",
            "Tell the escort; if the area is needed, apply for the visit to be changed."),
        DenyReason.OutsideVisit => new(
            "訪問の時間外", "Outside the visit's time", "訪問の時間ではありません", "Outside the time of your visit", true,
            "訪問の予定を受付で確かめ、延ばす必要があれば変更を申請してください。",
            "Check the visit's times at reception; to extend it, apply for a change."),
        DenyReason.BadgeDead => new(
            "来訪者証の失効", "Visitor badge no longer valid", "来訪者証を受付へお返しください", "Please return the badge to reception", true,
            "来訪者証を回収し、返却を記録してください。",
            "Take the badge back and record its return."),
        DenyReason.ZoneNotForVisitors => new(
            "警報・訓練中", "Alarm or drill", "ただいま訪問者は入室できません", "No visitors at this moment", true,
            "警報・訓練・封鎖が終わるまで待つか、情報システム管理者が理由を付けて例外を認めてください。",
            "Wait until the alarm, drill or lockdown is over, or have the system manager make an exception with a reason."),
        DenyReason.BiometricMismatch => new(
            "生体認証不一致", "Biometric check failed", "入室できません もう一度お試しください", "Access denied, try again", false,
            "本人か確かめてください。続くときは情報システム管理者が読取装置への再登録を手配してください。",
            "Make sure it is the holder; if it goes on, the system manager has the finger enrolled anew."),
        _ => throw new UnreachableException($"No text for {reason}."),
    };
}
