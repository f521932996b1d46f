package facts

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An EndKind is a kind of what comes to an end.
type EndKind string

const (
	EndOfSystem   EndKind = "operating system"
	EndOfProtocol EndKind = "protocol"
	EndOfPools    EndKind = "service"
)

// An End is the last day of something that WorkSpaces offers, from the day on which a document gives it. That
// of a compute type is a [Retirement]. The table of systems has dates of retirement: that they are last days is
// a reading. Of PCoIP and of Pools the documents say that they cannot be used after the day.
type End struct {
	Kind         EndKind
	What         string // as the guide calls it
	Name         string // as the API spells it, or would
	Last         string // the last day
	Month        bool   // the document names the month alone: the last of it is a reading
	OnLast       bool   // a document says that it can be used on the last day; no document says so of a mere date
	Closed       string // the first day on which nothing new is taken; "" if no document gives one
	NewCustomers bool   // it is closed to new customers alone
	tables.Dated
}

const (
	AmazonLinux2Notice = "Amazon Linux 2 WorkSpaces end-of-life announcement"
	PCoIPNotice        = "End of support notice"
	PoolsNotice        = "Amazon WorkSpaces Pools end of support" // of the document history, and the title of the page
	PCoIPEndTitle      = "PCoIP-based WorkSpaces Personal end of support"

	Announced = "2026-06-30" // the day on which the document history has the ends of PCoIP and of Pools
	Pools     = "Pools"      // the name of WorkSpaces Pools among the ends; the API has none

	lastAmazonLinux2 = "2026-06-30"
	EndAmazonLinux2  = "2026-07-01" // the day after
)

// systemEnds is a row of the column of retirement dates in the guide's table of systems.
func systemEnds(what, name, last, since string) End {
	return End{Kind: EndOfSystem, What: what, Name: name, Last: last, Dated: tables.Since(BundlesPage, BundlesTitle, since, "")}
}

// systemEndsIn is one of which the table names the month.
func systemEndsIn(what, name, last, since string) End {
	e := systemEnds(what, name, last, since)
	e.Month = true
	return e
}

// Ends, systems first in the order of the guide's table. For Windows 10 and 11 it says that they are in support. The document
// history announces the ends of PCoIP and of Pools; the pages on them say from when on new customers are turned away, too, and
// that the last day counts.
var Ends = tables.Table[End]{
	Name: "end",
	Key:  func(e End) string { return string(e.Kind) + " " + e.What },
	Rows: []End{
		systemEnds("Windows Server 2016", "WINDOWS_SERVER_2016", "2027-01-12", Read2025),
		systemEnds("Windows Server 2019", "WINDOWS_SERVER_2019", "2029-01-09", Read2025),
		systemEnds("Windows Server 2022", "WINDOWS_SERVER_2022", "2031-10-14", Read2025),
		systemEnds("Windows Server 2025", "WINDOWS_SERVER_2025", "2034-11-14", ReadLinux9),
		{EndOfSystem, "Amazon Linux 2", "AMAZON_LINUX_2", lastAmazonLinux2, false, false, "2026-05-15", false, tables.Since(HistoryPage, AmazonLinux2Notice, "2026-05-15", "")},
		systemEndsIn("Ubuntu 22.04 LTS", "UBUNTU_22_04", "2032-06-30", Read2025),
		systemEndsIn("Ubuntu 24.04 LTS", "UBUNTU_24_04", "2034-06-30", ReadLinux9),
		systemEnds("Rocky Linux 8", "ROCKY_8", "2029-05-31", Read2025),
		systemEnds("Rocky Linux 9", "ROCKY_9", "2032-05-31", ReadLinux9),
		systemEnds("Red Hat Enterprise Linux 8", "RHEL_8", "2029-05-31", Read2025),
		systemEnds("Red Hat Enterprise Linux 9", "RHEL_9", "2032-05-31", ReadLinux9),
		{EndOfProtocol, "PCoIP", PCoIP, "2027-10-31", false, true, "2026-07-31", true, tables.Since(PCoIPEndPage, PCoIPEndTitle, Announced, "")},
		{EndOfPools, "WorkSpaces Pools", Pools, "2027-12-31", false, true, "2026-07-31", true, tables.Since(PoolsEndPage, PoolsNotice, Announced, "")},
	},
}

// Text returns the last day, and whether that is a reading.
func (e End) Text() string {
	if e.Month {
		return e.Last + ", as the month of its end is read"
	}
	return lastDay(e.Last, e.OnLast)
}

func lastDay(day string, stated bool) string {
	if stated {
		return day
	}
	return day + ", as the date of its end is read"
}

// ClosesToAll reports whether nothing new is taken of it, from a day on, of anybody.
func (e End) ClosesToAll() bool { return e.Closed != "" && !e.NewCustomers }

// A Retirement is the end of a compute type. It counts from the first day on which it is over and a
// document says so.
type Retirement struct {
	Compute string
	Last    string // its last day
	OnLast  bool   // a document says that it was supported on the last day
	tables.Dated
	// Against is what has the day of the end for the first without the compute type, while Cite has it for the
	// last with it: on that day it is open whether the compute type has ended. It is zero on any other.
	Against rule.Citation
}

// Text returns the last day, and whether that is a reading.
func (r Retirement) Text() string {
	if r.Disputed() {
		return r.Last + ", or the day before"
	}
	return lastDay(r.Last, r.OnLast)
}

// Disputed reports whether it is open that the compute type has ended.
func (r Retirement) Disputed() bool { return r.Against != rule.Citation{} }

// DisputedEnd is why a [Retirement] is disputed.
const DisputedEnd = "it reaches its end of life on that day, and is to be left before it: the day is the last with it, or the first without"

// GraphicsPro "reaches end-of-life on October 31, 2025", and is to be left "before October 31, 2025": the pages say both.
var (
	GraphicsProEnds     = tables.Cite(ModifyPage, "Modify compute type", Read2025)
	GraphicsProLeftTill = tables.Cite(OptionsPage, OptionsTitle, Read2025)
)

// Retirements are the compute types that have ended. A reading gives the day of GraphicsPro before it.
var Retirements = tables.Table[Retirement]{
	Name: "retirement",
	Key:  func(r Retirement) string { return r.Compute },
	Rows: []Retirement{
		{Compute: "GRAPHICS", Last: "2023-11-30", OnLast: true, Dated: tables.Since(ModifyPage, "Modify compute type", Read2025, "")},
		{Compute: "GRAPHICSPRO", Last: LastGraphicsPro, Dated: tables.Dated{Span: tables.During(LastGraphicsPro, EndGraphicsPro), Cite: GraphicsProEnds}, Against: GraphicsProLeftTill},
		{Compute: "GRAPHICSPRO", Last: LastGraphicsPro, Dated: tables.Dated{Span: tables.During(EndGraphicsPro, ""), Cite: GraphicsProEnds}},
	},
}

const (
	LastGraphicsPro = "2025-10-31"
	EndGraphicsPro  = "2025-11-01" // the day after
)
