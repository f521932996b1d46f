package main
import ("os";"strconv";"github.com/wksgo/wks/cmd/wks/internal/exportgen")
func main(){ n,_:=strconv.Atoi(os.Args[2]); a:=exportgen.Account{WorkSpaces:n, Tags: len(os.Args)>3&&os.Args[3]=="tags", Broken:true}; if err:=a.Write(os.Args[1]);err!=nil{panic(err)} }
